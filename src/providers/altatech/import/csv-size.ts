import { Buffer } from "node:buffer";
import { stringifyJson } from "../../../json/stringify.js";
import type { JsonObject, JsonValue } from "../../../json/value.js";
import type { Gauge } from "../../../contract/contract.js";
import { isEmpty } from "../table/values.js";

/** The limit unless configured; the message of a refusal names it as the documents do. */
export const maxCsvMegabytes = 10;

/**
 * UTF-8 bytes of the rows as CSV: a header of all field names, then one line per row, RFC 4180 quoting, `\n` line ends.
 * The bytes are counted without building the text: a CSV library takes fifty times as long on many quotes.
 */
export function csvBytes(rows: readonly JsonObject[]): number {
  const add = createCsvGauge();
  return rows.reduce((_bytes, row) => add(row), emptyCsvBytes);
}

/** The line end of a header without names. */
const emptyCsvBytes = 1;

/** Adds a row and answers the bytes of all that were added. */
export function createCsvGauge(): Gauge {
  const names = new Set<string>();
  let cells = 0;
  let lines = 1;
  return (row) => {
    lines += 1;
    for (const name of Object.keys(row)) {
      if (!names.has(name)) {
        names.add(name);
        cells += textBytes(name);
      }
      cells += cellBytes(row[name]);
    }
    const bytesBetweenCells = Math.max(0, names.size - 1) + 1;
    return cells + lines * bytesBetweenCells;
  };
}

function cellBytes(value: JsonValue | undefined): number {
  if (isEmpty(value)) return 0;
  if (typeof value === "string") return textBytes(value);
  return typeof value === "object" ? textBytes(stringifyJson(value)) : String(value).length;
}

const needsQuotes = /[",\r\n]/;

function textBytes(text: string): number {
  const bytes = Buffer.byteLength(text);
  if (!needsQuotes.test(text)) return bytes;
  let quotes = 2;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes += 1;
  return bytes + quotes;
}
