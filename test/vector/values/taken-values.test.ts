import { describe, expect, it } from "vitest";
import { toShortestFloat32 } from "../../../src/vector/values/float32.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { readBack, readBackField, refusedRows, rowWith, withField } from "../reading.js";
import { int8, int64, float, double, bool, text, json, sparse, arrayOf, vector, nested } from "./field-under-test.js";

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
