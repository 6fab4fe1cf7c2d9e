import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toInteger } from "../../../src/json/number-text.js";
import { parseJson } from "../../../src/json/parse.js";
import { showValue, stringifyJson } from "../../../src/json/stringify.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { readBack, readBackField, refusedRows, rowWith, withField } from "../reading.js";

/**
 * Anything JSON that PostgreSQL can keep; `__proto__` and the like are among the keys. Integers of any size have tests
 * of their own.
 */
const json = fc
  .jsonValue({ maxDepth: 4 })
  .map((value) => JSON.stringify(value))
  .filter((text) => !/\\u|\d{16}/.test(text))
  .map(parseJson);

const ranges = { Int8: 2n ** 7n, Int16: 2n ** 15n, Int32: 2n ** 31n, Int64: 2n ** 63n };

describe("accepted values read back", () => {
  it.each(Object.entries(ranges))("%s, as a number and as text", (type, end) => {
    fc.assert(
      fc.property(fc.bigInt({ min: -end, max: end - 1n }), (integer) => {
        const stored = toInteger(String(integer));
        expect(readBackField({ type }, stored)).toBe(stored);
        expect(readBackField({ type }, String(integer))).toBe(stored);
      }),
    );
  });

  it("FloatVector, as the shortest decimal of the same float32", () => {
    const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(float32, { minLength: 3, maxLength: 3 }), (vector) => {
        const stored = readBackField({ type: "FloatVector", dim: 3 }, vector) as readonly number[];
        expect(stored.map(Math.fround)).toEqual(vector);
        for (const [index, number] of stored.entries())
          expect(String(number).length).toBeLessThanOrEqual(String(vector[index]).length);
      }),
    );
  });

  it("FloatVector, short decimals as they were sent", () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 0, max: 12 }), (digits, shift) => {
        const decimal = Number(`${digits}e-${shift}`);
        expect(readBackField({ type: "FloatVector", dim: 2 }, [decimal, 0.1])).toEqual([decimal, 0.1]);
      }),
    );
  });

  it("base64 of every kind of bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (bytes) => {
        const base64 = Buffer.from(bytes).toString("base64");
        expect(readBackField({ type: "BinaryVector", dim: 32 }, base64)).toBe(base64);
        expect(readBackField({ type: "BinaryVector", dim: 32 }, Array.from(bytes))).toBe(base64);
        expect(readBackField({ type: "Int8Vector", dim: 4 }, Array.from(new Int8Array(bytes)))).toEqual(
          Array.from(new Int8Array(bytes)),
        );
      }),
    );
  });

  it("sparse vectors, in either form", () => {
    const entries = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 0, max: 4294967294 }), fc.integer({ min: 0, max: 1000 })),
      {
        selector: ([index]) => index,
      },
    );
    fc.assert(
      fc.property(entries, (pairs) => {
        const byIndex: JsonObject = Object.fromEntries(pairs);
        const lists: JsonObject = { indices: pairs.map(([index]) => index), values: pairs.map(([, value]) => value) };
        expect(readBackField({ type: "SparseFloatVector" }, byIndex)).toEqual(byIndex);
        expect(readBackField({ type: "SparseFloatVector" }, lists)).toEqual(byIndex);
      }),
    );
  });

  it("JSON, in a field and as dynamic keys", () => {
    const collection = withField({ type: "JSON", nullable: true }, { dynamic: true });
    fc.assert(
      fc.property(json, fc.dictionary(fc.constantFrom("a", "constructor", "toString", "b c"), json), (value, extra) => {
        const row = { ...rowWith(value), ...extra };
        const [record] = readBack(collection, [row]);
        expect(stringifyJson(sorted(record ?? null))).toBe(stringifyJson(sorted(row)));
      }),
    );
  });
});

function sorted(value: JsonObject | null): JsonValue {
  return Object.fromEntries(Object.entries(value ?? {}).sort(([left], [right]) => (left < right ? -1 : 1)));
}

describe("refused values", () => {
  const types: readonly JsonObject[] = [
    { type: "Bool" },
    { type: "Int8" },
    { type: "Int64" },
    { type: "Float" },
    { type: "Double" },
    { type: "VarChar", maxLength: 2 },
    { type: "Array", elementType: "Int8", maxCapacity: 1 },
    { type: "FloatVector", dim: 2 },
    { type: "BinaryVector", dim: 8 },
    { type: "BFloat16Vector", dim: 2 },
    { type: "SparseFloatVector" },
  ];

  it.each(types.map((type) => [showValue(type["type"]), type] as const))(
    "of %s name the record and the field",
    (_name, type) => {
      const collection = withField(type);
      fc.assert(
        fc.property(json, (value) => {
          const rows = [{ ...rowWith(value) }];
          const good = isTaken(() => readBack(collection, rows));
          if (good) return;
          expect(refusedRows(collection, rows).violation).toMatchObject({ recordIndex: 0, field: "x" });
        }),
      );
    },
  );
});

function isTaken(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
