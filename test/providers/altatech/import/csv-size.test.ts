import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { stringifyJson } from "../../../../src/json/stringify.js";
import type { JsonObject, JsonValue } from "../../../../src/json/value.js";
import { csvBytes } from "../../../../src/providers/altatech/import/csv-size.js";

/** The size of the file that a CSV library writes. */
function csvTextBytes(rows: readonly JsonObject[]): number {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => ({ key: name, header: name }));
  const texts = rows.map((row) => columns.map(({ key }) => toCell(Object.hasOwn(row, key) ? row[key] : undefined)));
  return Buffer.byteLength(stringify([columns.map(({ header }) => header), ...texts]));
}

function toCell(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? stringifyJson(value) : String(value);
}

const text = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", " ", "ü", "数", "😀") });
const cell = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.bigInt(),
  fc.array(text),
  fc.dictionary(text, text),
);

it("counts what a CSV library writes, to the byte", () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(text, cell, { minKeys: 1 }), { minLength: 1 }), (rows) => {
      expect(csvBytes(rows)).toBe(csvTextBytes(rows));
    }),
    { numRuns: 500 },
  );
});

it("accepts a nested value of any depth", () => {
  const nested = JSON.parse("[".repeat(100_000) + "]".repeat(100_000)) as JsonValue;
  expect(csvBytes([{ id: nested }])).toBeGreaterThan(0);
});
