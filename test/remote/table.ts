import type { Outcome } from "./behaviours.js";

/** One write to a hostile service. */
export interface Row {
  readonly behaviour: string;
  readonly write: string;
  readonly type: string;
  readonly outcome: Outcome;
  readonly safeToResend: boolean;
  /** Requests that arrived completely. */
  readonly requests: number;
  /** Copies of the records that the service has. */
  readonly stored: number;
  /** Connections that were still open a moment after the answer. */
  readonly sockets: number;
  readonly growthMb: number;
  readonly wallMs: number;
  readonly message: string;
  readonly upstream: string;
}

const columns = [
  "behaviour",
  "write",
  "type",
  "outcome",
  "safeToResend",
  "requests",
  "stored",
  "sockets",
  "growthMb",
  "wallMs",
] as const satisfies readonly (keyof Row)[];

/** Prints the rows by behaviour. */
export function printTable(rows: readonly Row[]): void {
  const sorted = rows.toSorted((left, right) => left.behaviour.localeCompare(right.behaviour));
  const cells = [columns, ...sorted.map((row) => columns.map((column) => String(row[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  console.log(cells.map((line) => line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ")).join("\n"));
}
