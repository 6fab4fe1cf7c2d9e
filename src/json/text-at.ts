import { isJsonObject, type JsonValue } from "./value.js";

/** The text at the end of a path through objects; undefined for a missing member or another type. */
export function textAt(value: JsonValue | undefined, ...way: readonly string[]): string | undefined {
  const found = way.reduce<JsonValue | undefined>((inner, member) => (isJsonObject(inner) && Object.hasOwn(inner, member) ? inner[member] : undefined), value);
  return typeof found === "string" ? found : undefined;
}
