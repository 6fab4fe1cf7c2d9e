/** The spaces of one provider that a call may see: all, or those that match a pattern. An empty list: none. */
export type SpaceFilter = "all" | readonly SpacePattern[];

/** A space matches by its name, by the beginning of its name, or by a text member of its definition. */
export type SpacePattern =
  { readonly name: string } | { readonly namePrefix: string } | { readonly member: string; readonly value: string };

export interface VisibleSpaces {
  readonly provider: string;
  /** Only mirrored tasks belong to an upstream; absent: the embedded service. */
  readonly upstream?: string;
  readonly spaces: SpaceFilter;
}

/**
 * The spaces of each provider that a look-up may find; those of an unlisted provider do not exist for it. The policy
 * makes it from a caller, so a look-up without a caller does not compile.
 */
export type Visibility = readonly VisibleSpaces[];

/** Whether the filter has the space of that name, as far as the name alone decides. */
export function matchesSpaceName(filter: SpaceFilter, space: string): boolean {
  return filter === "all" || filter.some((pattern) => matchesPattern(pattern, space));
}

function matchesPattern(pattern: SpacePattern, space: string): boolean {
  if ("name" in pattern) return pattern.name === space;
  return "namePrefix" in pattern && space.startsWith(pattern.namePrefix);
}

/** The visibility without the providers of which it has no space. */
export function withoutEmpty(visible: Visibility): Visibility {
  return visible.filter(({ spaces }) => spaces === "all" || spaces.length > 0);
}
