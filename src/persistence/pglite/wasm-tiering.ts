import { setFlagsFromString } from "node:v8";

/**
 * Bytes that a function of WebAssembly executes before it is optimized. The 1.8 million of Node 20 make a start
 * optimize what only a start runs, for a third of its cost; what writes use reaches this number within a second of
 * work. Later versions of Node have a larger number of their own.
 */
const tieringBudget = 100_000_000;

/** Holds for what is compiled from now on, in the whole process. */
export function delayWasmTiering(): void {
  if (process.versions.node.startsWith("20.")) setFlagsFromString(`--wasm-tiering-budget=${tieringBudget}`);
}
