import { parseArgs } from "node:util";
import { benches } from "./benches.js";
import type { RowName } from "./targets.js";

export interface Options {
  readonly names: readonly RowName[];
  readonly isQuick: boolean;
  /** File of the results. */
  readonly json?: string;
}

const rowNames = benches.flatMap(({ rows }) => rows);

/** @throws Error for an option or a row that does not exist */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: "string", multiple: true },
      quick: { type: "boolean", default: false },
      json: { type: "string" },
    },
  });
  const { only, quick: isQuick, json } = values;
  const unknown = only?.filter((name) => !rowNames.some((known) => known === name)) ?? [];
  if (unknown.length > 0) throw new Error(`no row ${unknown.join(", ")}; rows: ${rowNames.join(", ")}`);
  const names = only === undefined ? rowNames : rowNames.filter((name) => only.includes(name));
  return { names, isQuick, ...(json !== undefined && { json }) };
}
