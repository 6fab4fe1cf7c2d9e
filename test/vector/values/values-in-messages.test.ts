import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { refusedRows, rowWith, withField } from "../reading.js";
import { ip, int8, int64, float, double, bool, sparse, arrayOf, vector, longText } from "./field-under-test.js";

describe("a value that a message shows", () => {
  const kinds: readonly (readonly [string, JsonObject])[] = [
    ["Int8", int8],
    ["Int64", int64],
    ["Float", float],
    ["Double", double],
    ["Bool", bool],
    ["Array", arrayOf("Bool")],
    ["FloatVector", vector("FloatVector", 2)],
    ["Float16Vector", vector("Float16Vector", 2)],
    ["sparse vector", sparse],
  ];
  const values: readonly JsonValue[] = ["x".repeat(1_000_000), [longText], { [longText]: 1 }, longText.split("")];

  it.each(kinds)("%s is cut when it is long", (_name, field) => {
    for (const value of values) {
      const { cause, violation } = refusedRows(withField(field), [rowWith(value)]);
      expect(cause.length).toBeLessThan(2500);
      expect(violation?.field).toBe("x");
    }
  });

  it("is whole up to 1,000 characters", () => {
    const value = "x".repeat(1000);
    expect(refusedRows(withField(int64), [rowWith(value)]).cause).toBe(
      `strconv.ParseInt: parsing "${value}": invalid syntax${ip}[expected=Int64][actual=${value}]`,
    );
    expect(refusedRows(withField(int8), [rowWith(`${value}y`)]).cause).toContain(`[actual=${value}…]`);
  });
});
