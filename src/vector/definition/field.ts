import { DefinitionError } from "../../contract/provider.js";
import { shorten } from "../../json/quote.js";
import { denseVectorTypes, type DenseVectorType, type VectorFieldDefinition, type ScalarType } from "./definition.js";
import { findNameFault } from "./name-faults.js";

/** The type of a field, with exactly the options of that type. */
export type FieldShape =
  | { readonly kind: "scalar"; readonly type: Exclude<ScalarType, "VarChar"> }
  | { readonly kind: "text"; readonly maxLength: number }
  | { readonly kind: "json" }
  | { readonly kind: "array"; readonly elementType: ScalarType; readonly maxCapacity: number; readonly maxLength: number }
  | { readonly kind: "dense"; readonly type: DenseVectorType; readonly dim: number }
  | { readonly kind: "sparse" };

type FieldOption = "dim" | "maxLength" | "maxCapacity" | "elementType";

/** The documented ranges, both ends included; `max_length` in bytes. */
const ranges = {
  dim: [2, 32768],
  binaryDim: [8, 262144],
  maxLength: [1, 65535],
  maxCapacity: [1, 4096],
} as const;

/** @throws DefinitionError naming the field */
export function toShape(field: VectorFieldDefinition, path: string): FieldShape {
  const options = new FieldOptions(field, path);
  const shape = readShape(field, options);
  options.refuseOthers();
  return shape;
}

function readShape({ type }: VectorFieldDefinition, options: FieldOptions): FieldShape {
  if (type === "JSON") return { kind: "json" };
  if (type === "SparseFloatVector") return { kind: "sparse" };
  if (type === "VarChar") return { kind: "text", maxLength: options.number("maxLength", ranges.maxLength) };
  if (type === "Array") {
    const elementType = options.elementType();
    const maxCapacity = options.number("maxCapacity", ranges.maxCapacity);
    return { kind: "array", elementType, maxCapacity, maxLength: elementType === "VarChar" ? options.number("maxLength", ranges.maxLength) : 0 };
  }
  if (isOneOf(denseVectorTypes, type)) return { kind: "dense", type, dim: options.dim(type) };
  return { kind: "scalar", type };
}

class FieldOptions {
  readonly #field: VectorFieldDefinition;
  readonly #path: string;
  readonly #used = new Set<FieldOption>();

  constructor(field: VectorFieldDefinition, path: string) {
    this.#field = field;
    this.#path = path;
  }

  number(option: Exclude<FieldOption, "elementType">, [low, high]: readonly [number, number]): number {
    const value = this.#take(option, this.#field[option]);
    if (value < low || value > high) throw this.#refuse(option, "range", `${option} must be from ${low} to ${high}`);
    return value;
  }

  /** Refuses with the server's own texts, which name the field. */
  dim(type: DenseVectorType): number {
    const dim = this.#take("dim", this.#field.dim);
    const [low, high] = type === "BinaryVector" ? ranges.binaryDim : ranges.dim;
    const refuse = (problem: string) => this.#refuseAs("dim", "range", `invalid dimension: ${dim} of field ${this.#field.name}. ${problem}`);
    if (dim < low || dim > high) throw refuse(`should be in range ${low} ~ ${high}`);
    if (type === "BinaryVector" && dim % 8 !== 0) throw refuse("binary vector dimension should be multiple of 8");
    return dim;
  }

  elementType(): ScalarType {
    return this.#take("elementType", this.#field.elementType);
  }

  refuseOthers(): void {
    for (const option of ["dim", "maxLength", "maxCapacity", "elementType"] as const) {
      if (this.#field[option] === undefined || this.#used.has(option)) continue;
      throw this.#refuse(option, "unknown-option", `a field of type ${this.#field.type} cannot have ${option}`);
    }
  }

  #take<T>(option: FieldOption, value: T | undefined): T {
    this.#used.add(option);
    if (value === undefined) throw this.#refuse(option, "required", `${option} is required for the type ${this.#field.type}`);
    return value;
  }

  #refuse(option: FieldOption, rule: string, problem: string): DefinitionError {
    return this.#refuseAs(option, rule, `field ${this.#field.name}: ${problem}`);
  }

  #refuseAs(option: FieldOption, rule: string, message: string): DefinitionError {
    return new DefinitionError({ field: `${this.#path}.${option}`, rule, message });
  }
}

export function isOneOf<T extends string>(words: readonly T[], word: string): word is T {
  const known: readonly string[] = words;
  return known.includes(word);
}

export function isVector(shape: FieldShape): boolean {
  return shape.kind === "dense" || shape.kind === "sparse";
}

/** @throws DefinitionError */
export function checkFieldName(name: string, path: string): void {
  const problem = findNameFault(name);
  if (problem === undefined) return;
  const message = `the field name ${JSON.stringify(shorten(name))} must be 1 to 255 letters, digits and underscores and not start with a digit`;
  throw new DefinitionError({ field: `${path}.name`, rule: `name-${problem}`, message });
}
