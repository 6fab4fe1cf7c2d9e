import { isJsonObject, type JsonValue } from "../../json/value.js";

/** What a generated input looks like, as far as nulls go; undefined for scalars, whose insides are the client's. */
export type InputShape =
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, { readonly nullable: boolean; readonly shape: InputShape | undefined }> }
  | { readonly kind: "list"; readonly items: InputShape | undefined }
  | undefined;

/** GraphQL clients send null for an argument that they leave out; a contract takes it only where it says so. */
export function withoutNulls(value: JsonValue, shape: InputShape): JsonValue {
  if (shape?.kind === "list") return Array.isArray(value) ? value.map((item: JsonValue) => withoutNulls(item, shape.items)) : value;
  if (shape === undefined || !isJsonObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, JsonValue][] => {
    const known = shape.members.get(name);
    if (member === null && known?.nullable !== true) return [];
    return [[name, withoutNulls(member, known?.shape)]];
  });
  return Object.fromEntries(members);
}
