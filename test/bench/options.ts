import { parseArgs } from "node:util";
import { benches } from "./benches.js";
import { arePeersInstalled } from "./peers/load.js";
import type { RowName } from "./targets.js";

export interface Options {
  readonly names: readonly RowName[];
  /** Rows that are not measured, because packages are missing. */
  readonly leftOut: readonly RowName[];
  readonly isQuick: boolean;
  /** File of the results. */
  readonly json?: string;
}

const rowNames = benches.flatMap(({ rows }) => rows);

/** @throws Error for an option or a row that does not exist, and for a named row whose packages are missing */
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
  const names = rowNames.filter((name) => only?.includes(name) ?? true);
  const missing = names.filter((name) => !arePeersInstalled && peerRows.includes(name));
  if (only !== undefined && missing.length > 0) throw new Error(`${missing.join(", ")}: ${howToInstall}`);
  return {
    names: names.filter((name) => !missing.includes(name)),
    leftOut: missing,
    isQuick,
    ...(json !== undefined && { json }),
  };
}

const peerRows = benches.flatMap(({ rows, needsPeers }) => (needsPeers === true ? rows : []));

export const howToInstall = "run npm ci --prefix test/bench/peers --ignore-scripts first";
