import { setFlagsFromString } from "node:v8";

/**
 * Bytes that a WebAssembly function executes before V8 optimizes it. With V8's default (1.8 million on Node 20, 13
 * million later) a start optimizes functions that only a start runs, which takes a third of its time and, on Node 24,
 * half of its memory. Writes take the same time with either number, measured over their first thousands.
 */
const tieringBudget = 1_000_000_000;

/** Affects all WebAssembly that the process compiles from now on. */
export function delayWasmTiering(): void {
  setFlagsFromString(`--wasm-tiering-budget=${tieringBudget}`);
}
