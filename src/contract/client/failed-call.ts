import type { Contract } from "../contract.js";
import type { NumberSettings } from "../limits.js";
import type { ContractRequest } from "../message.js";
import type { Clock } from "../../core/clock.js";
import type { Mask } from "./mask.js";

/** The call behind a failure. */
export interface FailedCall {
  readonly contract: Contract;
  readonly request: ContractRequest;
  readonly provider: string;
  readonly settings: NumberSettings;
  /** Tells how long it is to a moment that the service names; absent: such moments are not read. */
  readonly clock: Pick<Clock, "now"> | undefined;
  /** Whether a repeat by the caller cannot apply the call a second time. */
  readonly idempotent: boolean;
  /** Hides configured secrets and addresses in a message of the service; absent: nothing is configured. */
  readonly mask?: Mask;
}
