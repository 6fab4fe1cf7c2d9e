import { isJsonObject } from "../../json/value.js";
import type { Contract } from "../contract.js";
import type { RefusalDetails } from "../failures/failure-row.js";
import { quoteText } from "../../json/quote.js";
import { describeUnstorable } from "../failures/describe-unstorable.js";
import { explainUnstorable, locateUnstorable, type UnstorableValueError } from "../../json/storable.js";

/** The longest path in steps; deeper than any member with a failure row of its own. */
const maxPathSteps = 12;
/** The longest step of a path, in characters. */
const maxStepLength = 100;

/**
 * Turns a value that the store refused into a failure of the contract. The store reports the position of the value in
 * the store, the client needs the one in the body: so the body is refused like any other of a wrong shape, unless the
 * contract has a row for such values.
 * @param body as parsed by the contract's schema
 */
export function toUnstorableRefusal(
  { checks, serviceFailures }: Pick<Contract, "checks" | "serviceFailures">,
  error: UnstorableValueError,
  body: unknown,
): RefusalDetails {
  const check = checks.find((each) => each.check === "body");
  const found =
    serviceFailures.unstorable === serviceFailures.malformed && isJsonObject(body) ? locateUnstorable(body) : undefined;
  if (check?.check !== "body" || !isJsonObject(body) || found === undefined) {
    return { failure: serviceFailures.unstorable, ...describeUnstorable(error) };
  }
  const toShown = (step: string | number) => (typeof step === "string" ? quoteText(step, maxStepLength) : step);
  const path = found.path.slice(0, maxPathSteps).map(toShown);
  const issue = { code: "custom", path, message: explainUnstorable(found.reason), input: undefined } as const;
  const { details } = check.refuseShape([issue], body);
  return { ...details, violations: details.violations?.map((violation) => ({ ...violation, rule: "storable" })) };
}
