import { Buffer } from "node:buffer";
import { toDigits } from "../../json/number-text.js";
import type { JsonValue } from "../../json/value.js";
import type { ScalarType } from "../definition/definition.js";
import { invalidParameter, quoteValue, showBriefly, type Inspection } from "./inspection.js";
import {
  isIntegerType,
  parseBool,
  parseDouble,
  parseFloat32,
  parseIntegerIn,
  rangeText,
  toWhole,
  type IntegerType,
} from "./scalars.js";
import { noteNonFinite, type ValueReader } from "./value-reader.js";

export function scalarReader(field: string, type: Exclude<ScalarType, "VarChar">): ValueReader {
  if (isIntegerType(type)) return integerReader(field, type);
  return type === "Bool" ? boolReader(field) : floatReader(field, type);
}

function integerReader(field: string, type: IntegerType): ValueReader<number | bigint> {
  const parse = parseIntegerIn(type);
  return (value, inspection) => {
    const integer = parse(value);
    if (integer !== undefined) return integer;
    const rule = toWhole(value) === undefined ? "type" : "range";
    return inspection.refuse({
      field,
      rule,
      cause: invalidParameter(explainInteger(field, type, value), { expected: type, actual: value }),
    });
  };
}

/** Refuses a number that only its double makes a whole one of the type. @throws RefusalError always */
export function refuseRounded(
  { field, type, written }: { readonly field: string; readonly type: IntegerType; readonly written: string },
  inspection: Inspection,
): never {
  return inspection.refuse({
    field,
    rule: "type",
    cause: invalidParameter(explainRange(field, type), { expected: type, actual: written }),
  });
}

function explainRange(field: string, type: IntegerType): string {
  return `field ${field} value must be an integer in range ${rangeText(type)}`;
}

function explainInteger(field: string, type: IntegerType, value: JsonValue): string {
  if (type !== "Int64" || typeof value === "number" || typeof value === "bigint") {
    return explainRange(field, type);
  }
  return `strconv.ParseInt: parsing ${quoteValue(value)}: ${toWhole(value) === undefined ? "invalid syntax" : "value out of range"}`;
}

function boolReader(field: string): ValueReader {
  return (value, inspection) => {
    const bool = parseBool(value);
    if (bool !== undefined) return bool;
    const cause = invalidParameter(`strconv.ParseBool: parsing ${quoteValue(value)}: invalid syntax`, {
      expected: "Bool",
      actual: value,
    });
    return inspection.refuse({ field, rule: "type", cause });
  };
}

const floats = {
  Float: { parse: parseFloat32, target: "float32" },
  Double: { parse: parseDouble, target: "float64" },
} as const;

function floatReader(field: string, type: keyof typeof floats): ValueReader {
  const { parse, target } = floats[type];
  return (value, inspection) => {
    const number = parse(value);
    if (number !== undefined) {
      if (!Number.isNaN(number)) return number;
      noteNonFinite(showBriefly(value), field, inspection);
      return undefined;
    }
    const outOfRange = type === "Float" && parseDouble(value) !== undefined;
    const problem = outOfRange
      ? "value is outside the float32 range"
      : `unable to cast ${quoteValue(value)} of type ${protobufKindOf(value)} to ${target}`;
    return inspection.refuse({
      field,
      rule: outOfRange ? "range" : "type",
      cause: invalidParameter(problem, { expected: type, actual: value }),
    });
  };
}

/** Reads text of at most `maxLength` bytes; numbers and booleans are read as their text. */
export function textReader(field: string, maxLength: number): ValueReader<string> {
  return (value, inspection) => {
    if (typeof value === "object") {
      const kind = Array.isArray(value) ? "array" : "object";
      return inspection.refuse({
        field,
        rule: "type",
        cause: invalidParameter(`field ${field} expects a string, got a JSON ${kind}`),
      });
    }
    const text = typeof value === "number" ? toDigits(value) : String(value);
    const length = measureText(text, maxLength);
    if (length <= maxLength) return text;
    const { row } = inspection;
    const problem = `length of varchar field ${field} exceeds max length, row number: ${row}, length: ${length}, max length: ${maxLength}`;
    inspection.noteSize({ field, rule: "max-length", cause: invalidParameter(problem) });
    return undefined;
  };
}

/** Length in UTF-8 bytes. Not counted for a text that cannot exceed the limit: a UTF-16 unit takes 3 bytes at most. */
export function measureText(text: string, maxLength: number): number {
  return text.length * 3 <= maxLength ? text.length : Buffer.byteLength(text);
}

function protobufKindOf(value: JsonValue): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}
