import { existsSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Whether the packages of this folder are installed: most benchmarks do without them. */
export const arePeersInstalled = existsSync(new URL("node_modules", import.meta.url));

/** A CommonJS module of this folder's own packages. `Exports` names the part of it that is used. */
export function loadPeer<Exports>(name: string): Exports {
  // The compiler must not look for the package: it is absent where the root alone is installed.
  return require(name) as Exports;
}

/** An ES module of the same, given by its file. */
export async function importPeer<Exports>(file: string): Promise<Exports> {
  // As above.
  return (await import(new URL(`node_modules/${file}`, import.meta.url).href)) as Exports;
}
