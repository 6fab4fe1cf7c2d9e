import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../../src/json/parse.js";
import { showValue, stringifyJson } from "../../../../src/json/stringify.js";
import { RefusalError } from "../../../../src/contract/failures/failure-row.js";
import type { JsonObject, JsonValue } from "../../../../src/json/value.js";
import { createRowReader, readUploadRows } from "../../../../src/providers/redivis/upload/rows.js";
import type { VariableType } from "../../../../src/providers/redivis/values/values.js";
import { accepted } from "./value-arbitraries.js";
import { isTakenBy } from "./value-oracle.js";

const runs = { numRuns: 1000 };

/** The value as a client reads it back, or the violation. */
function store(
  type: VariableType,
  value: JsonValue,
): { readonly read: JsonValue | undefined } | { readonly refused: string } {
  const { fields, problem } = createRowReader([{ name: "it", type }])({ it: value });
  if (problem === undefined) return { read: parseJson(stringifyJson(fields["it"] ?? null)) };
  expect(problem.field).toBe("it");
  return { refused: problem.message };
}

function expectRefused(type: VariableType, value: JsonValue): void {
  const result = store(type, value);
  if ("read" in result) throw new Error(`${type} took ${stringifyJson(value)}`);
}

describe.each(Object.entries(accepted))("%s", (name, values) => {
  const type = name as VariableType; // A key of the table above.

  it("is accepted in every documented form and read back in one form", () => {
    fc.assert(
      fc.property(values, ({ sent, read }) => {
        const result = store(type, sent);
        expect(result).toEqual({ read });
        expect(store(type, read)).toEqual({ read });
      }),
      runs,
    );
  });

  it("may be null or missing like any other", () => {
    expect(store(type, null)).toEqual({ read: null });
  });

  it("is not accepted as another JSON type or in another form", () => {
    fc.assert(
      fc.property(fc.jsonValue() as fc.Arbitrary<JsonValue>, (value) => {
        const result = store(type, value);
        const isTaken = value === null || isTakenBy(type, value);
        expect("read" in result).toBe(isTaken);
      }),
      runs,
    );
  });
});

const formTypes: readonly VariableType[] = ["date", "dateTime", "time", "geography"];

describe.each(formTypes)("%s", (type) => {
  it("refuses a text that was changed, unless the change gives another valid text", () => {
    fc.assert(
      fc.property(
        accepted[type],
        fc.nat(),
        fc.constantFrom("", " ", "0", "-", ":", "T", "Z", "x", ",", "("),
        ({ sent }, position, insert) => {
          const text = showValue(sent);
          const at = position % (text.length + 1);
          const changed = text.slice(0, at) + insert + text.slice(at + 1);
          expect("read" in store(type, changed)).toBe(isTakenBy(type, changed));
        },
      ),
      runs,
    );
  });
});

/** Titles of cases, with every digit of their values. */
function named<Row extends readonly JsonValue[]>(rows: readonly Row[]): { readonly name: string; readonly row: Row }[] {
  return rows.map((row) => ({ name: row.map((value) => stringifyJson(value)).join(" "), row }));
}

describe("a refused value", () => {
  it.each(
    named<[VariableType, JsonValue]>([
      ["string", 1],
      ["string", true],
      ["string", {}],
      ["string", ["a"]],
      ["string", "a\0b"],
      ["string", "\ud800"],
      ["integer", "30"],
      ["integer", 1.2],
      ["integer", 2n ** 63n],
      ["integer", -(2n ** 63n) - 1n],
      ["integer", 1e300],
      ["integer", true],
      ["float", "1.5"],
      ["float", true],
      ["float", 10n ** 309n],
      ["boolean", "true"],
      ["boolean", 1],
      ["date", "2020-13-40"],
      ["date", "2019-02-29"],
      ["date", "1900-02-29"],
      ["date", "0000-01-01"],
      ["date", "20-01-01"],
      ["date", "2020-01-01T00:00:00"],
      ["date", "2020-01-01\n"],
      ["date", 20200101],
      ["dateTime", "2020-01-02T03:04:05Z"],
      ["dateTime", "2020-01-02T03:04:05+01:00"],
      ["dateTime", "2020-01-02T03:04:05.1234567"],
      ["dateTime", "2020-01-02T03:04"],
      ["dateTime", "2020-01-02T24:00:00"],
      ["dateTime", "2020-01-02  03:04:05"],
      ["dateTime", "03:04:05"],
      ["time", "24:00:00"],
      ["time", "03:04:60"],
      ["time", "03:04"],
      ["time", "3 pm"],
      ["time", "03:04:05."],
      ["geography", "not wkt"],
      ["geography", "POINT(10)"],
      ["geography", "POINT(10 20"],
      ["geography", "POINT(10 20) x"],
      ["geography", "POINT(10 20)EOF"],
      ["geography", "POINT(1e400 20)"],
      ["geography", "CIRCULARSTRING(0 0, 1 1, 1 0)"],
      ["geography", "SRID=4326;POINT(1 2)"],
      ["geography", ""],
      ["geography", { type: "Point", coordinates: [1, 2] }],
    ]),
  )("$name", ({ row: [type, value] }) => {
    expectRefused(type, value);
  });

  it("is explained by the expected and the actual type", () => {
    expect(store("integer", "30")).toEqual({
      refused: "must be a JSON number with a whole value of 64 bits, not a string",
    });
    expect(store("integer", 1.2)).toEqual({ refused: "must be a JSON number with a whole value of 64 bits" });
    expect(store("string", [])).toEqual({ refused: "must be a JSON string, not an array" });
  });
});

describe("a number that is whole only after rounding to a double", () => {
  const schema = [
    { name: "n", type: "integer" },
    { name: "f", type: "float" },
  ] as const;
  const rows = parseJson(
    '[{"n":1.0,"f":1.0000000000000000001},{"n":1.0000000000000000001,"f":2}]',
  ) as readonly JsonObject[];

  it("is not an integer, and is its double as a float", async () => {
    const { records, skipped } = await readUploadRows({ schema, skipBadRecords: true }, rows);
    expect([...records]).toEqual([{ fields: { n: 1, f: 1 } }]);
    expect(records).toHaveLength(1);
    expect(skipped).toEqual([
      { recordIndex: 1, field: "n", rule: "format", message: "must be a JSON number with a whole value of 64 bits" },
    ]);
    await expect(readUploadRows({ schema, skipBadRecords: false }, rows)).rejects.toThrow(RefusalError);
  });
});

describe("an accepted value", () => {
  it.each(
    named<[VariableType, JsonValue, JsonValue]>([
      ["integer", 30.0, 30],
      ["integer", -0, 0],
      ["integer", 2n ** 63n - 1n, 2n ** 63n - 1n],
      ["integer", 1e18, 10n ** 18n],
      ["float", 3, 3],
      ["float", 9007199254740993n, 9007199254740992],
      ["float", 1e20, 1e20],
      ["date", "2020-1-2", "2020-01-02"],
      ["date", "2000-02-29", "2000-02-29"],
      ["dateTime", "2020-1-2 3:4:5", "2020-01-02T03:04:05"],
      ["dateTime", "1970-01-01T00:00:00.000", "1970-01-01T00:00:00.000"],
      ["dateTime", "2020-1-2", "2020-01-02T00:00:00"],
      ["time", "3:4:5.123456", "03:04:05.123456"],
      ["geography", "point (10 20)", "point (10 20)"],
      ["geography", " POINT Z (1 2 3) ", " POINT Z (1 2 3) "],
      [
        "geography",
        "GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT EMPTY))",
        "GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT EMPTY))",
      ],
    ]),
  )("$name", ({ row: [type, sent, read] }) => {
    expect(store(type, sent)).toEqual({ read });
  });

  it("is read to its end when it is long, deep or wrong at the end", () => {
    const points = Array.from({ length: 100_000 }, (_, index) => `${index} 1`).join(",");
    expect(store("geography", `LINESTRING(${points})`)).toMatchObject({ read: expect.any(String) as unknown });
    expectRefused("geography", `LINESTRING(${points}`);
    expect(store("geography", `${"GEOMETRYCOLLECTION(".repeat(50_000)}POINT(1 2)${")".repeat(50_000)}`)).toHaveProperty(
      "read",
    );
    expectRefused("geography", `POINT(1 2)${" ".repeat(1_000_000)}!`);
  });
});
