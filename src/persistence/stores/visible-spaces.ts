import type { SpacePattern, Visibility } from "../../core/access/visibility.js";
import { Prisma } from "../generated/client.js";
import { isStorableText } from "../guards/storable-json.js";
import type { Tables } from "../tables.js";

/**
 * Whether a row belongs to a visible space. `provider` is the column of the row's provider, `space` the id of its
 * space. A visibility of whole providers does not read the space.
 */
export function isVisible(
  visible: Visibility,
  { provider, space, tables }: { readonly provider: Prisma.Sql; readonly space: Prisma.Sql; readonly tables: Tables },
): Prisma.Sql {
  const embedded = visible.filter(({ upstream }) => upstream === undefined);
  const whole = embedded.filter(({ spaces }) => spaces === "all").map((each) => each.provider);
  const conditions = embedded.flatMap(({ provider: id, spaces }) =>
    spaces === "all" || spaces.length === 0
      ? []
      : [Prisma.sql`(seen.provider = ${id} AND (${Prisma.join(patternConditions(spaces), " OR ")}))`],
  );
  const inWhole = Prisma.sql`${provider} = ANY(${whole}::text[])`;
  if (conditions.length === 0) return inWhole;
  return Prisma.sql`(${inWhole} OR EXISTS (
    SELECT FROM ${tables.space} seen WHERE seen.id = ${space} AND (${Prisma.join(conditions, " OR ")})))`;
}

/** One condition for all names, and one for each other pattern. */
function patternConditions(patterns: readonly SpacePattern[]): readonly Prisma.Sql[] {
  const names = patterns.flatMap((pattern) => ("name" in pattern ? [pattern.name] : [])).filter(isStorableText);
  const others = patterns.flatMap((pattern) => {
    if ("namePrefix" in pattern)
      return isStorableText(pattern.namePrefix) ? [Prisma.sql`starts_with(seen.name, ${pattern.namePrefix})`] : [];
    return "member" in pattern ? [Prisma.sql`seen.definition ->> ${pattern.member} = ${pattern.value}`] : [];
  });
  return [Prisma.sql`seen.name = ANY(${names}::text[])`, ...others];
}

/**
 * Whether the row of a mirrored task, `task AS t`, belongs to a visible space of its upstream. A task whose target named
 * no space is visible to those only that see all of them.
 */
export function isVisibleMirror(visible: Visibility): Prisma.Sql {
  const conditions = visible.flatMap(({ provider, upstream, spaces }) => {
    if (upstream === undefined) return [];
    const ofUpstream = Prisma.sql`t.provider = ${provider} AND t.upstream = ${upstream}`;
    if (spaces === "all") return [Prisma.sql`(${ofUpstream})`];
    const names = spaces.flatMap((pattern) => ("name" in pattern ? [pattern.name] : [])).filter(isStorableText);
    return names.length === 0 ? [] : [Prisma.sql`(${ofUpstream} AND t.space = ANY(${names}::text[]))`];
  });
  return conditions.length === 0 ? Prisma.sql`FALSE` : Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}

/** Whether the collection with that id, an SQL expression, belongs to a visible space. */
export function isInVisibleCollection(visible: Visibility, id: Prisma.Sql, tables: Tables): Prisma.Sql {
  const columns = { provider: Prisma.sql`kept.provider`, space: Prisma.sql`kept.space_id`, tables };
  return Prisma.sql`EXISTS (
    SELECT FROM ${tables.collection} kept WHERE kept.id = ${id} AND ${isVisible(visible, columns)})`;
}
