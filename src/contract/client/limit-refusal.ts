import { findRow } from "../contract.js";
import { fillMessage } from "../failures/failure-row.js";
import { findExceeded } from "../limits.js";
import type { FailedCall } from "./failed-call.js";
import { refuseByRow } from "./failure-reading.js";

/**
 * Refuses what the service would refuse, before anything leaves, with the row that its contract has for the limit.
 * @throws ProviderFailure
 */
export function refuseExceededLimits(called: FailedCall): void {
  const { contract, request, settings } = called;
  const { body } = request;
  if (body.kind !== "value") return;
  for (const check of contract.checks) {
    if (check.check !== "limit") continue;
    const exceeded = findExceeded(contract, check.limit, { body, settings });
    if (exceeded === undefined) continue;
    const row = findRow(contract, check.failure);
    const { limit: max, actual = "?", unit } = exceeded;
    throw refuseByRow(called, row, { message: fillMessage(row.message, { limit: max, actual, unit }), exceeded });
  }
}
