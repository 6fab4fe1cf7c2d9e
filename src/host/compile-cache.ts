import * as nodeModule from "node:module";
import { join } from "node:path";
import { packageRoot } from "../core/package-root.js";

/**
 * Keeps compiled JavaScript beside the program, where the Node version can (22.8 and later): a quarter of a start.
 * Where the folder cannot be written to, Node goes on without.
 */
export function enableCompileCache(): void {
  const { enableCompileCache: enable } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  enable?.(join(packageRoot, "dist", "compile-cache"));
}
