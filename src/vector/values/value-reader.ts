import type { JsonValue } from "../../json/value.js";
import { invalidParameter, type Inspection } from "./inspection.js";

/**
 * Converts a sent value into its stored form. Undefined after a violation was noted in the inspection.
 * @throws RefusalError for a value of the wrong type
 */
export type ValueReader<Stored = JsonValue> = (value: JsonValue, inspection: Inspection) => Stored | undefined;

/** Notes a float that is NaN or an infinity, with its text as sent. */
export function noteNonFinite(written: string, field: string, inspection: Inspection): void {
  inspection.noteSize({ field, rule: "not-a-number", cause: invalidParameter(`value '${written}' is not a number or infinity`) });
}
