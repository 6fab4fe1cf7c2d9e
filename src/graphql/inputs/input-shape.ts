import { isJsonObject, type JsonValue } from "../../json/value.js";

/** The structure of a generated input, for the removal of nulls; undefined for scalars, whose content stays as sent. */
export type InputShape =
  | {
      readonly kind: "object";
      readonly members: ReadonlyMap<string, { readonly nullable: boolean; readonly shape: InputShape | undefined }>;
    }
  | { readonly kind: "list"; readonly items: InputShape | undefined }
  | undefined;

/** Removes nulls that the contract does not allow: GraphQL clients send null for an absent value. */
export function withoutNulls(value: JsonValue, shape: InputShape): JsonValue {
  if (shape?.kind === "list")
    return Array.isArray(value) ? value.map((item: JsonValue) => withoutNulls(item, shape.items)) : value;
  if (shape === undefined || !isJsonObject(value)) return value;
  const kept: [string, JsonValue][] = [];
  let isSame = true;
  for (const name of Object.keys(value)) {
    const member = value[name] ?? null;
    const known = shape.members.get(name);
    const isKept = member !== null || known?.nullable === true;
    const stripped = withoutNulls(member, known?.shape);
    if (isKept) kept.push([name, stripped]);
    isSame &&= isKept && stripped === member;
  }
  return isSame ? value : Object.fromEntries(kept);
}
