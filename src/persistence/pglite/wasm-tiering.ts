import { setFlagsFromString } from "node:v8";

/**
 * The default since Node 22. That of Node 20 is a seventh of it: functions of PostgreSQL that only a start runs are
 * optimized, which doubles its cost.
 */
const tieringBudget = 13_000_000;

export function delayWasmTiering(): void {
  setFlagsFromString(`--wasm-tiering-budget=${tieringBudget}`);
}
