import { describe, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import {
  ip,
  int8,
  int64,
  float,
  double,
  bool,
  text,
  json,
  arrayOf,
  nested,
  expectRefusal,
} from "./field-under-test.js";

describe("values of the wrong type or shape are refused with 1804", () => {
  it.each<[string, JsonObject, JsonValue, string]>([
    ["null", int64, null, `field x is not nullable${ip}`],
    [
      "Int8 out of range",
      int8,
      300,
      `field x value must be an integer in range [-128, 127]${ip}[expected=Int8][actual=300]`,
    ],
    [
      "Int8 hexadecimal",
      int8,
      "0x10",
      `field x value must be an integer in range [-128, 127]${ip}[expected=Int8][actual=0x10]`,
    ],
    [
      "Int16",
      { type: "Int16" },
      true,
      `field x value must be an integer in range [-32768, 32767]${ip}[expected=Int16][actual=true]`,
    ],
    [
      "Int32",
      { type: "Int32" },
      "abc",
      `field x value must be an integer in range [-2147483648, 2147483647]${ip}[expected=Int32][actual=abc]`,
    ],
    [
      "Int64 with a fraction",
      int64,
      1.5,
      `field x value must be an integer in range [-9223372036854775808, 9223372036854775807]${ip}[expected=Int64][actual=1.5]`,
    ],
    [
      "Int64 out of range",
      int64,
      9223372036854775808n,
      `field x value must be an integer in range [-9223372036854775808, 9223372036854775807]${ip}[expected=Int64][actual=9223372036854775808]`,
    ],
    [
      "Int64 of another kind",
      int64,
      "abc",
      `strconv.ParseInt: parsing "abc": invalid syntax${ip}[expected=Int64][actual=abc]`,
    ],
    ["Int64 empty", int64, "", `strconv.ParseInt: parsing "": invalid syntax${ip}[expected=Int64][actual=]`],
    ["Float out of range", float, 3.5e38, `value is outside the float32 range${ip}[expected=Float][actual=3.5e+38]`],
    [
      "Float of another kind",
      float,
      "abc",
      `unable to cast "abc" of type string to float32${ip}[expected=Float][actual=abc]`,
    ],
    [
      "Double of another kind",
      double,
      [1],
      `unable to cast "[1]" of type array to float64${ip}[expected=Double][actual=[1]]`,
    ],
    ["Bool", bool, "yes", `strconv.ParseBool: parsing "yes": invalid syntax${ip}[expected=Bool][actual=yes]`],
    ["VarChar from an object", text, { a: 1 }, `field x expects a string, got a JSON object${ip}`],
    ["VarChar from an array", text, [], `field x expects a string, got a JSON array${ip}`],
    [
      "JSON with an integer beyond 64 bits",
      json,
      { a: 18446744073709551616n },
      `field x integer 18446744073709551616 exceeds the 64-bit range supported by the JSON engine, write it as a floating-point literal or as a string${ip}`,
    ],
    [
      "JSON of 1,025 levels",
      json,
      nested(1025),
      `field x nests deeper than 1024 levels, which the JSON engine cannot read${ip}`,
    ],
    ["Array from a number", arrayOf("Int64"), 5, `field x is an array field, but the value sent is not an array${ip}`],
    [
      "Array from text of no array",
      arrayOf("Int64"),
      "[1",
      `field x is an array field, but the value sent is not an array${ip}`,
    ],
    [
      "Array with a null",
      arrayOf("Int64"),
      [1, null],
      `field x has a null at index 1; an array element cannot be null${ip}`,
    ],
    [
      "Array of Int64 with a fraction",
      arrayOf("Int64"),
      [1.5],
      `element 0: expect integer in range [-9223372036854775808, 9223372036854775807] (value=1.5)${ip}[expected=Array of Int64][actual=[1.5]]`,
    ],
    [
      "Array of VarChar with a number",
      arrayOf("VarChar"),
      [5],
      `element 0: expect VarChar (value=5)${ip}[expected=Array of VarChar][actual=[5]]`,
    ],
  ])("%s", (_name, field, value, cause) => {
    expectRefusal({ field, value, failure: "invalid-data", cause });
  });
});
