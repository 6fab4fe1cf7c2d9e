import type { Visibility, VisibleSpaces } from "../../src/core/access/visibility.js";
import * as registry from "../../src/providers/registry.js";

export function allSpacesOf(provider: string): VisibleSpaces {
  return { provider, spaces: "all" };
}

/** All spaces of the providers. */
export function allOf(...providers: readonly string[]): Visibility {
  return providers.map(allSpacesOf);
}

/** All spaces of the built-in providers and of those that tests of the store use. */
export const everywhere = allOf("test", "own", "other", ...Object.keys(registry));
