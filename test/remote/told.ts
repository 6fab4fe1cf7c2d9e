import type { Log } from "../../src/core/log.js";
import { createLog } from "../../src/host/log.js";

export interface Told {
  readonly log: Log;
  /** All log lines and what else was noted, as text. */
  readonly lines: string[];
  readonly note: (value: unknown) => void;
  /** The lines that have one of the texts. */
  readonly leaks: (texts: readonly string[]) => readonly string[];
}

/** Collects everything that an operator or a caller is told. */
export function listenToEverything(): Told {
  const lines: string[] = [];
  return {
    log: createLog("debug", { write: (line) => void lines.push(line) }),
    lines,
    note: (value) => void lines.push(JSON.stringify(value)),
    leaks: (texts) => lines.filter((line) => texts.some((text) => line.includes(text))),
  };
}
