import { describe, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { ip, sparse, vector, expectRefusal } from "./field-under-test.js";

describe("values of the wrong type or shape are refused with 1804", () => {
  it.each<[string, JsonObject, JsonValue, string]>([
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
    expectRefusal({ field, value, failure: "invalid-data", cause });
  });
});
