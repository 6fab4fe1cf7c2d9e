import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLongerThan, showShort, toTableValue } from "../../../../src/providers/altatech/table/values.js";

const json = fc.jsonValue();

describe("INT", () => {
  it("reads every 64-bit integer and its text as the same value", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (integer) => {
        const value = toTableValue("INT", integer.toString());
        expect(BigInt(Number.isSafeInteger(Number(integer)) ? Number(value) : (value as bigint))).toBe(integer);
        expect(toTableValue("INT", integer)).toBe(value);
      }),
    );
  });

  it.each([2n ** 63n, -(2n ** 63n) - 1n, "9223372036854775808", 1e19, "9".repeat(1_000_000)])(
    "refuses integers beyond 64 bits",
    (value) => {
      expect(toTableValue("INT", value)).toBeUndefined();
    },
  );

  it.each([
    [30, 30],
    ["30", 30],
    ["030", 30],
    ["-0", 0],
    [1e18, 10n ** 18n],
    ["9007199254740993", 9007199254740993n],
  ])("reads %j as %s", (sent, read) => {
    expect(toTableValue("INT", sent)).toBe(read);
  });

  it.each([1.5, "1.5", "abc", " 1", "+1", "1e3", "0x10", true, "true", [], {}])("refuses %j", (value) => {
    expect(toTableValue("INT", value)).toBeUndefined();
  });
});

describe("FLOAT", () => {
  it("reads every number and its text as the same value", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(toTableValue("FLOAT", number)).toBe(number);
        expect(toTableValue("FLOAT", JSON.stringify(number))).toEqual(JSON.parse(JSON.stringify(number)));
      }),
    );
  });

  it.each(["NaN", "Infinity", "1e400", "0x10", "1,5", "", " ", "abc", true, []])("refuses %j", (value) => {
    expect(toTableValue("FLOAT", value)).toBeUndefined();
  });
});

describe("BOOLEAN", () => {
  it.each([
    [true, true],
    [false, false],
    ["TRUE", true],
    ["False", false],
  ])("reads %j as %s", (sent, read) => {
    expect(toTableValue("BOOLEAN", sent)).toBe(read);
  });

  it.each([1, 0, "1", "yes", " true", null, [true]])("refuses %j", (value) => {
    expect(toTableValue("BOOLEAN", value)).toBeUndefined();
  });
});

describe("DATETIME", () => {
  it("reads every moment in the form of the contract and answers it unchanged", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString().slice(0, 19).replace("T", " ");
          expect(toTableValue("DATETIME", text)).toBe(text);
        },
      ),
    );
  });

  it.each([
    "2029-02-29 12:00:00",
    "2029-04-31 12:00:00",
    "2029-13-01 12:00:00",
    "2029-10-01 24:00:00",
    "2029-10-01 12:60:00",
    "2029-10-01 12:00:60",
    "0000-00-00 00:00:00",
    "2029-10-01T12:00:00",
    "2029-10-01",
    "2029-10-01 12:00:00Z",
    "2029-1-1 12:00:00",
    1_885_550_400,
  ])("refuses %j, which is not a moment or not in the form", (value) => {
    expect(toTableValue("DATETIME", value)).toBeUndefined();
  });

  it("accepts the 29th of February in a leap year", () => {
    expect(toTableValue("DATETIME", "2028-02-29 23:59:59")).toBe("2028-02-29 23:59:59");
  });
});

describe("TEXT", () => {
  it.each([
    ["a", "a"],
    [1.5, "1.5"],
    [9007199254740993n, "9007199254740993"],
    [true, "true"],
  ])("reads %s as its literal text", (sent, read) => {
    expect(toTableValue("TEXT", sent)).toBe(read);
  });
});

it("accepts a nested value for no type", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("TEXT", "INT", "FLOAT", "BOOLEAN", "DATETIME"),
      fc.oneof(fc.array(json), fc.dictionary(fc.string(), json)),
      (type, value) => {
        expect(toTableValue(type, value as never)).toBeUndefined();
      },
    ),
  );
});

it("counts characters, not UTF-16 units", () => {
  expect(isLongerThan("😀".repeat(256), 256)).toBe(false);
  expect(isLongerThan("😀".repeat(257), 256)).toBe(true);
  expect(isLongerThan("x".repeat(256), 256)).toBe(false);
  expect(isLongerThan("x".repeat(257), 256)).toBe(true);
});

it("shortens a long value, and never shows half a character", () => {
  expect(showShort("x".repeat(1001))).toBe(`${"x".repeat(1000)}…`);
  expect(showShort("x" + "😀".repeat(1000)).isWellFormed()).toBe(true);
  // The longest unique value has 256 characters of at most two UTF-16 units each.
  expect(showShort("😀".repeat(256))).toBe("😀".repeat(256));
});
