import type { Contract } from "../contract.js";
import type { NumberSettings } from "../limits.js";
import type { ContractRequest } from "../message.js";

/** The call that a failure is about. */
export interface FailedCall {
  readonly contract: Contract;
  readonly request: ContractRequest;
  readonly provider: string;
  readonly settings: NumberSettings;
  /** When it was asked. */
  readonly now?: Date;
  /** Whether whoever asked cannot apply it twice by asking again. */
  readonly idempotent: boolean;
}
