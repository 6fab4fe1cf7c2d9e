import { describe, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { ip, float, double, text, json, arrayOf, vector, longText, expectRefusal } from "./field-under-test.js";

describe("values of the wrong size are refused with 1100", () => {
  it.each<[string, JsonObject, JsonValue, string]>([
    ["NaN in a Float", float, "NaN", `value 'NaN' is not a number or infinity${ip}`],
    ["infinity in a Double", double, "inf", `value 'inf' is not a number or infinity${ip}`],
    [
      "infinity in a Float16Vector",
      vector("Float16Vector", 2),
      [70000, 1],
      `value '+Inf' is not a number or infinity${ip}`,
    ],
    ["NaN in an Array", arrayOf("Float"), ["nan"], `value 'nan' is not a number or infinity${ip}`],
    [
      "VarChar, counted in bytes",
      text,
      "€€€",
      `length of varchar field x exceeds max length, row number: 0, length: 9, max length: 8${ip}`,
    ],
    [
      "JSON",
      json,
      longText,
      `the length (65602) of json field (x) exceeds max length (65536)${ip}[expected=valid length json string][actual=length exceeds max length]`,
    ],
    [
      "element of Int8",
      arrayOf("Int8"),
      [1, 300],
      `the 1th element (300) out of range: [-128, 127]${ip}[expected=integer doesn't overflow][actual=out of range]`,
    ],
    [
      "Array",
      arrayOf("Int64"),
      [1, 2, 3, 4],
      `the length (4) of 0th array exceeds max capacity (3)${ip}[expected=valid length array][actual=array length exceeds max capacity]`,
    ],
    [
      "element of VarChar",
      arrayOf("VarChar"),
      ["", "€€"],
      `length of Array array field "x" exceeds max length, row number: 0, array index: 1, length: 6, max length: 4${ip}`,
    ],
  ])("%s", (_name, field, value, cause) => {
    expectRefusal({ field, value, failure: "invalid-values", cause });
  });
});
