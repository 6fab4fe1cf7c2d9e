import type { JsonObject } from "../../json/value.js";
import { shorten } from "../../json/quote.js";
import type { CompiledCollection } from "./compiled-collection.js";
import { refuseParameter } from "../failures/vector-failures.js";
import { invalidParameter } from "../values/inspection.js";

/** Stands for all members, and for all that the schema does not name. */
const everything = "*";
const dynamicMembers = "$meta";

/**
 * What is left of a row in read form. Nothing said is everything; the primary key is always there; a name that no member has is
 * passed over where rows may have any.
 * @throws RefusalError at a name that no row can have
 */
export function createSelection({ key, fieldNames, dynamic }: CompiledCollection, outputFields: readonly string[] | null | undefined): (row: JsonObject) => JsonObject {
  const names = new Set((outputFields ?? [everything]).map((name) => name.trim()));
  const unknown = dynamic ? undefined : [...names].find((name) => name !== everything && !fieldNames.has(name));
  if (unknown !== undefined) {
    throw refuseParameter({ field: "outputFields", rule: "unknown-field", cause: invalidParameter(`field ${shorten(unknown)} not exist`) });
  }
  if (names.has(everything)) return (row) => row;
  names.add(key.name);
  const isWanted = (name: string) => names.has(name) || (names.has(dynamicMembers) && !fieldNames.has(name));
  return (row) => Object.fromEntries(Object.entries(row).filter(([name]) => isWanted(name)));
}
