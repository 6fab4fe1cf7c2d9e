import { Buffer } from "node:buffer";
import { stringifyJson } from "../../../json/stringify.js";
import type { JsonObject, JsonValue } from "../../../json/value.js";
import { isEmpty } from "../table/values.js";

/** The limit unless configured; the message of a refusal names it as the documents do. */
export const maxCsvMegabytes = 10;

/**
 * UTF-8 bytes of the rows as CSV: a header of all field names, then one line per row, RFC 4180 quoting, `\n` line ends.
 * The bytes are counted without building the text: a CSV library takes fifty times as long on many quotes.
 */
export function csvBytes(rows: readonly JsonObject[]): number {
  const names = new Set<string>();
  let bytes = 0;
  for (const row of rows) {
    for (const name of Object.keys(row)) {
      names.add(name);
      bytes += cellBytes(row[name]);
    }
  }
  for (const name of names) bytes += textBytes(name);
  const bytesBetweenCells = Math.max(0, names.size - 1) + 1;
  return bytes + (rows.length + 1) * bytesBetweenCells;
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
