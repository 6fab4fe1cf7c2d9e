import { isJsonArray, type JsonValue } from "../../json/value.js";
import { toDigits } from "../../json/number-text.js";
import { roundedIn } from "../../json/rounded.js";
import type { CompiledCollection } from "./compiled-collection.js";
import { vectorFailures } from "../failures/vector-failures.js";
import { invalidParameter, quoteValue, showBriefly } from "../values/inspection.js";
import { parseIntegerIn } from "../values/scalars.js";

/** One key or a list of them. */
interface NamesKeys {
  readonly id?: JsonValue | undefined;
}

/**
 * The keys of a request in their stored form, without repetitions.
 * @throws RefusalError for a value that is not a key of the collection's type
 */
export function readKeys({ key }: CompiledCollection, body: NamesKeys): readonly string[] {
  const id = body.id ?? [];
  const read = key.shape.kind === "text" ? readTextKey : readIntegerKey;
  const keys = isJsonArray(id)
    ? id.map((each, index) => read(each, { rounded: roundedIn(id)?.get(index), isListed: true }))
    : [read(id, { rounded: roundedIn(body)?.get("id"), isListed: false })];
  return [...new Set(keys)];
}

/** How a key was sent: its digits where it was rounded, and whether in a list. */
interface SentKey {
  readonly rounded: string | undefined;
  readonly isListed: boolean;
}

const parseInteger = parseIntegerIn("Int64");

function readIntegerKey(value: JsonValue, { rounded }: SentKey): string {
  const integer = rounded === undefined ? parseInteger(value) : undefined;
  if (integer !== undefined) return String(integer);
  if (typeof value === "number" || typeof value === "bigint")
    throw refuseKey(`id must be an integer in the int64 range, got: ${showBriefly(rounded ?? value)}`);
  throw refuseKey(
    `id must be an integer for an Int64 primary key, got: ${typeof value === "string" ? quoteValue(value) : showBriefly(value)}`,
  );
}

/** All digits of a fraction are known outside a list only: one in a list may be another key. */
function readTextKey(value: JsonValue, { rounded, isListed }: SentKey): string {
  if (typeof value === "string") return value;
  const isKnown = rounded !== undefined || !isListed || Number.isInteger(value);
  if (typeof value === "bigint" || (typeof value === "number" && isKnown)) return rounded ?? toDigits(value);
  throw refuseKey(`id must be a string or a whole number for a VarChar primary key, got: ${showBriefly(value)}`);
}

function refuseKey(problem: string) {
  const cause = invalidParameter(problem);
  return vectorFailures.refuse("invalid-key", { cause }, [{ field: "id", rule: "type", message: cause }]);
}
