import { isJsonArray, type JsonValue } from "../core/json.js";
import { isContainer } from "./exact-json.js";

/** Whether a value has more than so many levels of lists and objects, which the stack has room for. */
export function isDeeperThan(value: JsonValue, levels: number): boolean {
  if (!isContainer(value)) return false;
  if (levels === 0) return true;
  if (isJsonArray(value)) return value.some((element) => isDeeperThan(element, levels - 1));
  // Without a list of the members: there are as many objects as records.
  for (const key in value) if (isDeeperThan(value[key] ?? null, levels - 1)) return true;
  return false;
}
