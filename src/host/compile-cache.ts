import * as nodeModule from "node:module";
import { join } from "node:path";
import { packageRoot } from "../core/package-root.js";

/**
 * Keeps compiled JavaScript beside the program where Node supports it (22.8 and later), which saves a quarter of a
 * start. Node continues without the cache where the folder cannot be written to.
 */
export function enableCompileCache(): void {
  const { enableCompileCache: enable } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  enable?.(join(packageRoot, "dist", "compile-cache"));
}
