import type { JsonObject } from "../../json/value.js";
import { shorten } from "../../json/quote.js";
import type { CompiledCollection } from "./compiled-collection.js";
import { refuseParameter } from "../failures/vector-failures.js";
import { invalidParameter } from "../values/inspection.js";

/** Selects all members, including those outside the schema. */
const everything = "*";
const dynamicMembers = "$meta";

/**
 * Selects the members of a row in read form: all by default, and the primary key always. A name that the row does not
 * have is ignored where rows may have keys outside the schema.
 * @throws RefusalError for a name that no row can have
 */
export function createSelection(
  { key, fieldNames, dynamic }: CompiledCollection,
  outputFields: readonly string[] | null | undefined,
): (row: JsonObject) => JsonObject {
  const names = new Set((outputFields ?? [everything]).map((name) => name.trim()));
  const unknown = dynamic ? undefined : [...names].find((name) => name !== everything && !fieldNames.has(name));
  if (unknown !== undefined) {
    throw refuseParameter({
      field: "outputFields",
      rule: "unknown-field",
      cause: invalidParameter(`field ${shorten(unknown)} not exist`),
    });
  }
  if (names.has(everything)) return (row) => row;
  names.add(key.name);
  const isWanted = (name: string) => names.has(name) || (names.has(dynamicMembers) && !fieldNames.has(name));
  return (row) => Object.fromEntries(Object.entries(row).filter(([name]) => isWanted(name)));
}
