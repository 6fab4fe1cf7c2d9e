import { describe, expect, it } from "vitest";
import { toShortestFloat32 } from "../../../src/vector/values/float32.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { readBack, readBackField, refusedRows, rowWith, withField } from "../reading.js";

const ip = ": invalid parameter";
const int8: JsonObject = { type: "Int8" };
const int64: JsonObject = { type: "Int64" };
const float: JsonObject = { type: "Float" };
const double: JsonObject = { type: "Double" };
const bool: JsonObject = { type: "Bool" };
const text: JsonObject = { type: "VarChar", maxLength: 8 };
const json: JsonObject = { type: "JSON" };
const sparse: JsonObject = { type: "SparseFloatVector" };

function arrayOf(elementType: string): JsonObject {
  return { type: "Array", elementType, maxCapacity: 3, ...(elementType === "VarChar" ? { maxLength: 4 } : {}) };
}

function vector(type: string, dim: number): JsonObject {
  return { type, dim };
}

const longText = "x".repeat(65_600);
const nested = (levels: number): JsonValue => (levels === 0 ? 1 : [nested(levels - 1)]);

describe("values that are taken", () => {
  it.each<[string, JsonObject, JsonValue, JsonValue]>([
    ["Int8 as a number", int8, -128, -128],
    ["Int8 as base-10 text with leading zeros", int8, "010", 10],
    ["Int8 as text with a sign", int8, "+5", 5],
    ["Int16 at the end of its range", { type: "Int16" }, 32767, 32767],
    ["Int32 with an exponent", { type: "Int32" }, 1e2, 100],
    ["Int32 -0", { type: "Int32" }, -0, 0],
    ["Int64 beyond 2^53", int64, 9007199254740993n, 9007199254740993n],
    ["Int64 as text beyond 2^53", int64, "9007199254740993", 9007199254740993n],
    ["Int64 at both ends of its range", int64, -9223372036854775808n, -9223372036854775808n],
    ["Int64 from a large floating-point literal", int64, 1e18, 1000000000000000000n],
    ["Float", float, 0.1, 0.1],
    ["Float as text", float, "1e-3", 0.001],
    ["Float from an integer beyond 2^53", float, 9007199254740993n, 9007199000000000],
    ["Float rounded to 32 bits", float, 0.123456789, 0.12345679],
    ["Double", double, 0.123456789012, 0.123456789012],
    ["Double that is written as an integer", double, 1e18, 1e18],
    ["Array of Double with large numbers", arrayOf("Double"), [1e18, 0.5], [1e18, 0.5]],
    ["sparse vector with a large number", sparse, { 1: 2 ** 60 }, { 1: toShortestFloat32(2 ** 60) }],
    ["Double as text", double, ".5", 0.5],
    ["Bool", bool, false, false],
    ["Bool from 1", bool, 1, true],
    ["Bool from F", bool, "F", false],
    ["VarChar", text, "€€", "€€"],
    ["VarChar, empty", text, "", ""],
    ["VarChar from a number", text, 1.5, "1.5"],
    ["VarChar from a large integer", { type: "VarChar", maxLength: 30 }, 9007199254740993n, "9007199254740993"],
    ["VarChar from a boolean", text, true, "true"],
    ["JSON text, kept as that text", json, '{"a":1}', '{"a":1}'],
    ["JSON with a null inside", json, { a: [null, 18446744073709551615n] }, { a: [null, 18446744073709551615n] }],
    ["JSON of 1,024 levels", json, nested(1024), nested(1024)],
    [
      "JSON with floats beyond 2^53",
      json,
      { a: [1e20, -(2 ** 63)], b: 18446744073709551615n },
      { a: [1e20, -(2 ** 63)], b: 18446744073709551615n },
    ],
    [
      "Array of Int64 with quoted and large numbers",
      arrayOf("Int64"),
      ["7", 9999999999999999n],
      [7, 9999999999999999n],
    ],
    ["Array as text", arrayOf("Int64"), "[1, 2]", [1, 2]],
    ["Array of Bool", arrayOf("Bool"), ["t", 0], [true, false]],
    ["Array of VarChar", arrayOf("VarChar"), ["a", ""], ["a", ""]],
    ["Array, empty", arrayOf("Double"), [], []],
    ["FloatVector", vector("FloatVector", 2), [0.1, -3.5], [0.1, -3.5]],
    ["BinaryVector as base64", vector("BinaryVector", 8), "AQ==", "AQ=="],
    ["BinaryVector as numbers", vector("BinaryVector", 16), [1, 255], "Af8="],
    ["Float16Vector as numbers", vector("Float16Vector", 2), [1, -2], "ADwAwA=="],
    ["Float16Vector as base64", vector("Float16Vector", 2), "ADwAwA==", "ADwAwA=="],
    ["BFloat16Vector as numbers", vector("BFloat16Vector", 2), [1, -2], "gD8AwA=="],
    ["Int8Vector", vector("Int8Vector", 2), [-128, 127], [-128, 127]],
    ["sparse vector by index", sparse, { 7: 0.4, 1: 0.1 }, { 1: 0.1, 7: 0.4 }],
    ["sparse vector as two lists", sparse, { indices: [2, 1], values: [0.1, 0.2] }, { 1: 0.2, 2: 0.1 }],
    ["sparse vector, empty", sparse, {}, {}],
  ])("%s", (_name, field, sent, stored) => {
    expect(readBackField(field, sent)).toEqual(stored);
  });
});

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
    [
      "FloatVector of a wrong dimension",
      vector("FloatVector", 2),
      [1, 2, 3],
      `[]float32 size 3 doesn't equal to vector dimension 2 of FloatVector${ip}`,
    ],
    [
      "FloatVector as text",
      vector("FloatVector", 2),
      "[0.1,0.2]",
      `field x expects a vector, got the text of one: "[0.1,0.2]"${ip}`,
    ],
    [
      "FloatVector with a null",
      vector("FloatVector", 2),
      [null, 2],
      `field x has a null at index 0; a vector element cannot be null${ip}`,
    ],
    [
      "FloatVector with text",
      vector("FloatVector", 2),
      ["a", 2],
      `element 0 is not a number inside the float32 range${ip}[expected=FloatVector][actual=["a",2]]`,
    ],
    [
      "FloatVector beyond float32",
      vector("FloatVector", 2),
      [1, 1e39],
      `element 1 is not a number inside the float32 range${ip}[expected=FloatVector][actual=[1,1e+39]]`,
    ],
    [
      "BinaryVector too long",
      vector("BinaryVector", 8),
      "AQI=",
      `[]byte size 2 doesn't equal to vector dimension 8 of BinaryVector${ip}`,
    ],
    [
      "BinaryVector of no base64",
      vector("BinaryVector", 8),
      "!!",
      `illegal base64 data at input byte 0${ip}[expected=BinaryVector][actual=!!]`,
    ],
    [
      "BinaryVector with 256",
      vector("BinaryVector", 8),
      [256],
      `element 0 is not a whole number from 0 to 255${ip}[expected=BinaryVector][actual=[256]]`,
    ],
    [
      "Float16Vector one short",
      vector("Float16Vector", 2),
      [3.5],
      `[]byte size 2 doesn't equal to vector dimension 2 of Float16Vector${ip}`,
    ],
    [
      "Float16Vector from a number",
      vector("Float16Vector", 2),
      5,
      `invalid vector field: x${ip}[expected=Float16Vector][actual=5]`,
    ],
    [
      "BFloat16Vector with a null",
      vector("BFloat16Vector", 2),
      [1, null],
      `field x has a null at index 1; a vector element cannot be null${ip}`,
    ],
    [
      "Int8Vector too short",
      vector("Int8Vector", 2),
      [1],
      `[]int8 size 1 doesn't equal to vector dimension 2 of Int8Vector${ip}`,
    ],
    [
      "Int8Vector as text",
      vector("Int8Vector", 2),
      "AQI=",
      `field x expects a vector, got the text of one: "AQI="${ip}`,
    ],
    [
      "Int8Vector with 128",
      vector("Int8Vector", 2),
      [1, 128],
      `element 1 is not a whole number from -128 to 127${ip}[expected=Int8Vector][actual=[1,128]]`,
    ],
    [
      "sparse, lists of two lengths",
      sparse,
      { indices: [1], values: [1, 2] },
      `indices and values length mismatch${ip}[expected=SparseFloatVector][actual={"indices":[1],"values":[1,2]}]`,
    ],
    [
      "sparse, one list",
      sparse,
      { indices: [1] },
      `invalid JSON input${ip}[expected=SparseFloatVector][actual={"indices":[1]}]`,
    ],
    [
      "sparse, a key that is no index",
      sparse,
      { a: 1 },
      `strconv.ParseUint: parsing "a": invalid syntax${ip}[expected=SparseFloatVector][actual={"a":1}]`,
    ],
    [
      "sparse, text for a value",
      sparse,
      { 1: "b" },
      `invalid value type in JSON: string${ip}[expected=SparseFloatVector][actual={"1":"b"}]`,
    ],
    [
      "sparse, text for an index",
      sparse,
      { indices: ["1"], values: [1] },
      `invalid index type in JSON: string${ip}[expected=SparseFloatVector][actual={"indices":["1"],"values":[1]}]`,
    ],
    [
      "sparse, a fraction for an index",
      sparse,
      { indices: [1.5], values: [1] },
      `invalid index 1.5: it must be a whole number below 2^32-1${ip}[expected=SparseFloatVector][actual={"indices":[1.5],"values":[1]}]`,
    ],
    [
      "sparse, a boolean for a value",
      sparse,
      { 1: true },
      `invalid value type in JSON: bool${ip}[expected=SparseFloatVector][actual={"1":true}]`,
    ],
    [
      "sparse, a negative value",
      sparse,
      { 1: -1 },
      `negative value in sparse float vector${ip}[expected=SparseFloatVector][actual={"1":-1}]`,
    ],
    [
      "sparse, an index twice",
      sparse,
      { indices: [1, 1], values: [1, 2] },
      `unsorted or same indices in sparse float vector${ip}[expected=SparseFloatVector][actual={"indices":[1,1],"values":[1,2]}]`,
    ],
    [
      "sparse, the largest index",
      sparse,
      { 4294967295: 1 },
      `invalid index 4294967295: it must be a whole number below 2^32-1${ip}[expected=SparseFloatVector][actual={"4294967295":1}]`,
    ],
    ["sparse, as text", sparse, "{}", `field x expects a vector, got the text of one: "{}"${ip}`],
  ])("%s", (_name, field, value, cause) => {
    const refused = refusedRows(withField(field), [rowWith(value)]);
    expect(refused).toMatchObject({
      failure: "invalid-data",
      cause,
      violation: { recordIndex: 0, field: "x", message: cause },
    });
  });
});

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
    const refused = refusedRows(withField(field), [rowWith(value)]);
    expect(refused).toMatchObject({
      failure: "invalid-values",
      cause,
      violation: { recordIndex: 0, field: "x", message: cause },
    });
  });
});

describe("nullable and default fields", () => {
  it.each<[string, JsonObject, JsonValue]>([
    ["null where it may be", { ...int64, nullable: true }, null],
    ["the default", { ...int64, default: 10 }, 10],
    ["the default rather than null", { ...int64, nullable: true, default: "10" }, 10],
    ["a vector that is null", { ...vector("FloatVector", 2), nullable: true }, null],
    ["a sparse vector that is null", { ...sparse, nullable: true }, null],
  ])("read %s", (_name, field, stored) => {
    const rows = [rowWith(null), { id: 1, vec: [1, 2] }];
    expect(readBack(withField(field), rows).map((record) => record["x"])).toEqual([stored, stored]);
  });

  it("do not take empty text for null", () => {
    expect(refusedRows(withField({ ...int64, nullable: true }), [rowWith("")]).cause).toContain('parsing ""');
  });
});
