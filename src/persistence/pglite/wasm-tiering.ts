import { setFlagsFromString } from "node:v8";

/**
 * Bytes that a function of WebAssembly executes before it is optimized. With V8's own number (1.8 million on Node 20,
 * 13 million later) a start optimizes what only a start runs, for a third of its cost and on Node 24 for half of its
 * memory. Writes cost the same with this one, measured over their first thousands.
 */
const tieringBudget = 1_000_000_000;

/** Holds for what is compiled from now on, in the whole process. */
export function delayWasmTiering(): void {
  setFlagsFromString(`--wasm-tiering-budget=${tieringBudget}`);
}
