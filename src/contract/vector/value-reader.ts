import type { JsonValue } from "../../core/json.js";
import { explainUnstorable, findUnstorableText, type Unstorable } from "../storable.js";
import { invalid, type Inspection } from "./inspection.js";

/**
 * Reads a value as sent into the form that is stored. Undefined after something was noted in the inspection.
 * @throws Refusal at a value of the wrong type
 */
export type ValueReader<Stored = JsonValue> = (value: JsonValue, inspection: Inspection) => Stored | undefined;

/** @throws Refusal, always: PostgreSQL takes neither U+0000 nor lone surrogates */
export function refuseUnstorable(field: string, reason: Unstorable, inspection: Inspection): never {
  if (reason === "depth") {
    return inspection.refuse({ field, rule: "depth", cause: invalid(`field ${field} nests deeper than 1024 levels, which the JSON engine cannot read`) });
  }
  const cause = invalid(`field ${field} of row ${inspection.row} ${explainUnstorable(reason)}`);
  return inspection.refuse({ field, rule: "unstorable", cause });
}

/** @throws Refusal */
export function checkText(text: string, field: string, inspection: Inspection): void {
  const reason = findUnstorableText(text);
  if (reason !== undefined) refuseUnstorable(field, reason, inspection);
}

/** For a float that is `NaN` or an infinity, written as sent. */
export function noteNonFinite(written: string, field: string, inspection: Inspection): void {
  inspection.noteSize({ field, rule: "not-a-number", cause: invalid(`value '${written}' is not a number or infinity`) });
}
