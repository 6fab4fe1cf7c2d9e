import type { JsonValue } from "../json/value.js";

/** JSON text in both directions without losing a digit: integers beyond 2^53 - 1 come and go as bigints. */
export interface JsonCodec {
  parse(text: string): JsonValue;
  stringify(value: JsonValue): string;
}
