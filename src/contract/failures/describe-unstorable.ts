import { explainUnstorable, type UnstorableValueError } from "../../json/storable.js";
import type { RefusalDetails } from "./failure-row.js";
import { shorten } from "../../json/quote.js";

/** Message parameters and violation for a value that passed the service's checks and that the store refused. */
export function describeUnstorable({
  reason,
  recordIndex,
  field,
}: UnstorableValueError): Required<Omit<RefusalDetails, "failure">> {
  const shownField =
    field === undefined ? undefined : shorten(field.replaceAll("\0", String.raw`\u0000`).toWellFormed());
  const message = explainUnstorable(reason);
  const place = [
    recordIndex === undefined ? [] : `record ${recordIndex}`,
    shownField === undefined ? [] : `field ${shownField}`,
  ]
    .flat()
    .join(", ");
  const problem = place === "" ? `a value ${message}` : `${place}: ${message}`;
  return {
    parameters: { problem, cause: problem },
    violations: [{ recordIndex, field: shownField, rule: "storable", message }],
  };
}
