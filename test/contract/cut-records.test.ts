import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Contract, Limit } from "../../src/contract/contract.js";
import { createTakePart, measureEnvelope, type TakePart } from "../../src/contract/cut-records.js";
import { csvBytes, createCsvGauge } from "../../src/providers/altatech/import/csv-size.js";
import { compactJsonBytes } from "../../src/json/size.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";
import { anyJson } from "../json/json-arbitraries.js";
import { toyContract } from "./toy-contract.js";

const records = fc.array(fc.dictionary(fc.string({ maxLength: 6 }), anyJson, { maxKeys: 4 }), { maxLength: 30 });

const limits = [
  { name: "count", setting: "COUNT", max: 1000, unit: "records", description: "", measure: () => 0 },
  { name: "size", setting: "BYTES", max: 1000, unit: "bytes", description: "" },
  {
    ...{ name: "csv", setting: "CSV", max: 1000, unit: "bytes", description: "" },
    measure: (body) => csvBytes(rowsOf(body)),
    createGauge: createCsvGauge,
  },
] as const satisfies readonly Limit[];

const contract: Contract = { ...toyContract(), limits };
const bodyOf = (some: readonly JsonObject[]): JsonValue => ({
  to: "a \u20ac",
  rows: some.map((fields) => ({ fields })),
});
const envelope = measureEnvelope((some) => compactJsonBytes(bodyOf(some)));

function rowsOf(body: JsonValue): readonly JsonObject[] {
  const rows = isJsonObject(body) ? body["rows"] : undefined;
  return Array.isArray(rows) ? rows.filter(isJsonObject) : [];
}

function partsOf(all: readonly JsonObject[], takePart: TakePart) {
  const parts: { readonly records: readonly JsonObject[]; readonly measures: Readonly<Record<string, number>> }[] = [];
  for (let first = 0; first < all.length;) {
    const { recordCount, measures } = takePart(first);
    parts.push({ records: all.slice(first, first + recordCount), measures: Object.fromEntries(measures) });
    if (recordCount < 1) throw new Error("an empty part");
    first += recordCount;
  }
  return parts;
}

const measuresOf = (some: readonly JsonObject[]) => ({
  count: some.length,
  size: compactJsonBytes(bodyOf(some)),
  csv: csvBytes(some),
});

describe("records that are cut", () => {
  test("are the records, in parts within every limit, each with as many as fit", () => {
    fc.assert(
      fc.property(
        records,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 200 }),
        (all, COUNT, BYTES, CSV) => {
          const settings = { COUNT, BYTES, CSV };
          const parts = partsOf(all, createTakePart(all, { contract, settings, envelope }));
          const isWithin = (some: readonly JsonObject[]): boolean => {
            const { count, size, csv } = measuresOf(some);
            return count <= COUNT && size <= BYTES && csv <= CSV;
          };
          expect(parts.flatMap((part) => part.records)).toEqual(all);
          for (const [index, part] of parts.entries()) {
            expect(part.measures).toEqual(measuresOf(part.records));
            // A record that is too large by itself is alone, so that the service or its limit refuses it.
            if (part.records.length > 1) expect(isWithin(part.records)).toBe(true);
            const next = parts[index + 1]?.records[0];
            if (next !== undefined) expect(isWithin([...part.records, next])).toBe(false);
          }
        },
      ),
    );
  });

  test("are one part without a record when there is none", () => {
    const takePart = createTakePart([], { contract, settings: {}, envelope });
    expect(takePart(0)).toEqual({ recordCount: 0, measures: new Map() });
  });

  test("are not measured by a size that is far away", () => {
    const takePart = createTakePart([{ a: "x".repeat(2000) }, {}], { contract, settings: { CSV: 5000 } });
    expect([...takePart(0).measures.keys()]).toEqual(["count", "csv"]);
  });

  test("are cut at a limit of parts where the contract has none, unless one is configured", () => {
    const all = Array.from({ length: 250 }, () => ({}));
    const one: Limit = { ...limits[0], max: undefined, partMax: 100 };
    const cut = (settings: Readonly<Record<string, number>>) =>
      partsOf(all, createTakePart(all, { contract: { ...contract, limits: [one] }, settings })).map(
        (part) => part.records.length,
      );
    expect(cut({})).toEqual([100, 100, 50]);
    expect(cut({ COUNT: 200 })).toEqual([200, 50]);
  });

  test("are each looked at once, but for the first of a part", () => {
    const seen: JsonObject[] = [];
    const counting: Limit = {
      ...limits[2],
      createGauge: () => {
        const add = createCsvGauge();
        return (record) => {
          seen.push(record);
          return add(record);
        };
      },
    };
    const all = Array.from({ length: 1000 }, (_none, id) => ({ id }));
    const parts = partsOf(
      all,
      createTakePart(all, { contract: { ...contract, limits: [counting] }, settings: { CSV: 400 } }),
    );
    expect(parts.length).toBeGreaterThan(5);
    expect(seen).toHaveLength(all.length + parts.length - 1);
  });
});
