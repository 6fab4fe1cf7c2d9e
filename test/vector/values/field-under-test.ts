import { expect } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { refusedRows, rowWith, withField } from "../reading.js";

export const ip = ": invalid parameter";
export const int8: JsonObject = { type: "Int8" };
export const int64: JsonObject = { type: "Int64" };
export const float: JsonObject = { type: "Float" };
export const double: JsonObject = { type: "Double" };
export const bool: JsonObject = { type: "Bool" };
export const text: JsonObject = { type: "VarChar", maxLength: 8 };
export const json: JsonObject = { type: "JSON" };
export const sparse: JsonObject = { type: "SparseFloatVector" };

export function arrayOf(elementType: string): JsonObject {
  return { type: "Array", elementType, maxCapacity: 3, ...(elementType === "VarChar" ? { maxLength: 4 } : {}) };
}

export function vector(type: string, dim: number): JsonObject {
  return { type, dim };
}

export const longText = "x".repeat(65_600);
export const nested = (levels: number): JsonValue => (levels === 0 ? 1 : [nested(levels - 1)]);

/** Expects a row with this value in field `x` to be refused, with the record and the field at fault. */
export function expectRefusal({
  field,
  value,
  failure,
  cause,
}: {
  readonly field: JsonObject;
  readonly value: JsonValue;
  readonly failure: string;
  readonly cause: string;
}): void {
  expect(refusedRows(withField(field), [rowWith(value)])).toMatchObject({
    failure,
    cause,
    violation: { recordIndex: 0, field: "x", message: cause },
  });
}
