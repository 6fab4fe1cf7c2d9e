import { isBelow } from "../paths.js";
import type { Provider } from "../provider.js";

/** A path of the server; a provider answers every request below it. */
export interface Mount {
  readonly path: string;
  readonly provider: string;
  /** The prefix to remove from a request's path before a contract matches it. */
  readonly strip: string;
}

/**
 * The mounts of every provider: `/<id>` and the root paths that it claims.
 * @throws Error for two claims on one path, naming both
 */
export function toMounts(
  providers: readonly Pick<Provider, "id" | "root">[],
  programPaths: readonly string[],
): readonly Mount[] {
  const mounts = providers.flatMap(({ id, root }): Mount[] => [
    { path: `/${id}`, provider: id, strip: `/${id}` },
    ...root.map((path) => ({ path, provider: id, strip: "" })),
  ]);
  const claims = [...mounts, ...programPaths.map((path) => ({ path, provider: "the program itself" }))];
  for (const [index, claim] of claims.entries()) {
    const other = claims.slice(index + 1).find(({ path }) => isBelow(path, claim.path) || isBelow(claim.path, path));
    if (other !== undefined)
      throw new Error(
        `${claim.provider} and ${other.provider} both claim ${other.path.length > claim.path.length ? other.path : claim.path}`,
      );
  }
  return mounts;
}

/** The mount of a path, and the path in the form of the provider's contracts. */
export function findMount(
  mounts: readonly Mount[],
  path: string,
): { readonly mount: Mount; readonly path: string } | undefined {
  const mount = mounts.find((each) => isBelow(path, each.path));
  return mount && { mount, path: path.slice(mount.strip.length) || "/" };
}
