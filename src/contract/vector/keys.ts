import { isJsonArray, type JsonValue } from "../../core/json.js";
import { findUnstorableText } from "../storable.js";
import type { CompiledCollection } from "./compiled-collection.js";
import { vectorFailures } from "./failures.js";
import { invalid, quote, show } from "./inspection.js";
import { parseIntegerIn } from "./scalars.js";

/** The keys that a request names, as they are stored, none twice. @throws Refusal at what is no key of the collection's type */
export function readKeys({ key }: CompiledCollection, id: JsonValue): readonly string[] {
  const read = key.shape.kind === "text" ? readText : readInteger;
  const keys = (isJsonArray(id) ? id : [id]).map(read);
  // What the database cannot keep it does not have either.
  return [...new Set(keys)].filter((each) => findUnstorableText(each) === undefined);
}

const parseInteger = parseIntegerIn("Int64");

function readInteger(value: JsonValue): string {
  const integer = parseInteger(value);
  if (integer !== undefined) return String(integer);
  if (typeof value === "number" || typeof value === "bigint") throw refuseKey(`id must be an integer in the int64 range, got: ${show(value)}`);
  throw refuseKey(`id must be an integer for an Int64 primary key, got: ${typeof value === "string" ? quote(value) : show(value)}`);
}

function readText(value: JsonValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  throw refuseKey(`id must be a string or a number for a VarChar primary key, got: ${show(value)}`);
}

function refuseKey(problem: string) {
  const cause = invalid(problem);
  return vectorFailures.refuse("invalid-key", { cause }, [{ field: "id", rule: "type", message: cause }]);
}
