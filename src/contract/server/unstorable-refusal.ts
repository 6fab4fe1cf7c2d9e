import { isJsonObject } from "../../json/value.js";
import type { Contract } from "../contract.js";
import type { RefusalDetails } from "../failures/failure-row.js";
import { quoteText } from "../../json/quote.js";
import { describeUnstorable } from "../failures/describe-unstorable.js";
import { explainUnstorable, locateUnstorable, type UnstorableValueError } from "../../json/storable.js";

/** Deeper than any member that a contract has a failure of its own for. */
const maxPathSteps = 12;
/** Of one step of the path. */
const maxStepLength = 100;

/**
 * A value that the store refused, as the contract's own failure. The store knows the value by where it is kept, the
 * client by where it stands in the body: so the body is refused as any other of a wrong shape, unless the contract has
 * a row of its own for such values.
 * @param body as the contract's schema read it
 */
export function toUnstorableRefusal(
  { checks, serviceFailures }: Pick<Contract, "checks" | "serviceFailures">,
  error: UnstorableValueError,
  body: unknown,
): RefusalDetails {
  const check = checks.find((each) => each.check === "body");
  const found = serviceFailures.unstorable === serviceFailures.malformed && isJsonObject(body) ? locateUnstorable(body) : undefined;
  if (check?.check !== "body" || !isJsonObject(body) || found === undefined) {
    return { failure: serviceFailures.unstorable, ...describeUnstorable(error) };
  }
  const toShown = (step: string | number) => (typeof step === "string" ? quoteText(step, maxStepLength) : step);
  const path = found.path.slice(0, maxPathSteps).map(toShown);
  const issue = { code: "custom", path, message: explainUnstorable(found.reason), input: undefined } as const;
  const { details } = check.refuseShape([issue], body);
  return { ...details, violations: details.violations?.map((violation) => ({ ...violation, rule: "storable" })) };
}
