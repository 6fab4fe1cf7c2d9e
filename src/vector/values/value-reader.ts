import type { JsonValue } from "../../json/value.js";
import { invalidParameter, type Inspection } from "./inspection.js";

/**
 * Reads a value as sent into the form that is stored. Undefined after something was noted in the inspection.
 * @throws RefusalError at a value of the wrong type
 */
export type ValueReader<Stored = JsonValue> = (value: JsonValue, inspection: Inspection) => Stored | undefined;

/** For a float that is `NaN` or an infinity, written as sent. */
export function noteNonFinite(written: string, field: string, inspection: Inspection): void {
  inspection.noteSize({ field, rule: "not-a-number", cause: invalidParameter(`value '${written}' is not a number or infinity`) });
}
