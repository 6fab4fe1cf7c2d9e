import { isJsonArray, type JsonValue } from "../../json/value.js";
import { JsonSyntaxError, parseJson } from "../../json/parse.js";
import { roundedIn } from "../../json/rounded.js";
import type { ScalarType } from "../definition/definition.js";
import type { FieldShape } from "../definition/field.js";
import { invalidParameter, showBriefly, type Inspection } from "./inspection.js";
import {
  integerRanges,
  isIntegerType,
  parseBool,
  parseDouble,
  parseFloat32,
  parseIntegerIn,
  rangeText,
  type ParseScalar,
} from "./scalars.js";
import { measureText } from "./scalar-reader.js";
import { noteNonFinite, type ValueReader } from "./value-reader.js";

type ArrayShape = Extract<FieldShape, { kind: "array" }>;

/** Reads small integers as Int32; their range is checked later, with the sizes. */
const elementParsers = {
  Bool: parseBool,
  Int8: parseIntegerIn("Int32"),
  Int16: parseIntegerIn("Int32"),
  Int32: parseIntegerIn("Int32"),
  Int64: parseIntegerIn("Int64"),
  Float: parseFloat32,
  Double: parseDouble,
  VarChar: (value) => (typeof value === "string" ? value : undefined),
} as const satisfies Record<ScalarType, ParseScalar>;

export function arrayReader(field: string, shape: ArrayShape): ValueReader {
  const { elementType, maxCapacity } = shape;
  const parse: ParseScalar = elementParsers[elementType];
  return (value, inspection) => {
    const elements = toElements(value);
    if (elements === undefined) {
      return inspection.refuse({
        field,
        rule: "type",
        cause: invalidParameter(`field ${field} is an array field, but the value sent is not an array`),
      });
    }
    const rounded = isIntegerType(elementType) || elementType === "Bool" ? roundedIn(elements) : undefined;
    const stored = elements.map((element, index) => {
      if (element === null) {
        const cause = invalidParameter(`field ${field} has a null at index ${index}; an array element cannot be null`);
        return inspection.refuse({ field, rule: "not-nullable", cause });
      }
      const written = rounded?.get(index);
      const parsed = written === undefined ? parse(element) : undefined;
      if (parsed !== undefined) return parsed;
      const problem = `element ${index}: expect ${describeElementType(elementType)} (value=${showBriefly(written ?? element)})`;
      return inspection.refuse({
        field,
        rule: "type",
        cause: invalidParameter(problem, { expected: `Array of ${elementType}`, actual: value }),
      });
    });
    for (const [index, element] of stored.entries())
      checkElement({ field, shape, index, element, sent: elements[index] ?? null }, inspection);
    if (stored.length <= maxCapacity) return stored;
    const problem = `the length (${stored.length}) of ${inspection.row}th array exceeds max capacity (${maxCapacity})`;
    const cause = invalidParameter(problem, {
      expected: "valid length array",
      actual: "array length exceeds max capacity",
    });
    inspection.noteSize({ field, rule: "max-capacity", cause });
    return undefined;
  };
}

/** An array, or the text of one. */
function toElements(value: JsonValue): readonly JsonValue[] | undefined {
  if (isJsonArray(value)) return value;
  if (typeof value !== "string") return undefined;
  try {
    const parsed = parseJson(value);
    return isJsonArray(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

function describeElementType(type: ScalarType): string {
  if (!isIntegerType(type)) return type;
  return `integer in range ${rangeText(type === "Int64" ? "Int64" : "Int32")}`;
}

interface ArrayElement {
  readonly field: string;
  readonly shape: ArrayShape;
  readonly index: number;
  readonly element: JsonValue;
  readonly sent: JsonValue;
}

function checkElement({ field, shape, index, element, sent }: ArrayElement, inspection: Inspection): void {
  const { elementType, maxLength } = shape;
  if (typeof element === "string") {
    const length = measureText(element, maxLength);
    if (length <= maxLength) return;
    const where = `row number: ${inspection.row}, array index: ${index}, length: ${length}, max length: ${maxLength}`;
    inspection.noteSize({
      field,
      rule: "max-length",
      cause: invalidParameter(`length of Array array field "${field}" exceeds max length, ${where}`),
    });
  } else if (typeof element === "number" && Number.isNaN(element)) {
    noteNonFinite(showBriefly(sent), field, inspection);
  } else if (typeof element === "number" && isIntegerType(elementType)) {
    const { min, max } = integerRanges[elementType];
    if (element >= min && element <= max) return;
    const problem = `the ${index}th element (${element}) out of range: ${rangeText(elementType)}`;
    const cause = invalidParameter(problem, { expected: "integer doesn't overflow", actual: "out of range" });
    inspection.noteSize({ field, rule: "range", cause });
  }
}
