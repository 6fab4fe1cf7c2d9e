import type { AccessKeyStore } from "./access/access-key.js";
import type { ClaimStore } from "./claim.js";
import type { CollectionStore } from "./collection.js";
import type { CredentialStore } from "./access/credential.js";
import { OperatorError } from "./operator-error.js";
import type { RateLimits } from "./access/rate-limit.js";
import type { RecordStore } from "./record.js";
import type { RequestScope } from "./request-scope.js";
import type { SpaceStore } from "./space.js";
import type { TaskStore } from "./task.js";

/** The state of the program, as ports. */
export interface Store {
  readonly collections: CollectionStore;
  readonly spaces: SpaceStore;
  readonly records: RecordStore;
  readonly tasks: TaskStore;
  readonly claims: ClaimStore;
  readonly credentials: CredentialStore;
  readonly keys: AccessKeyStore;
  readonly rates: RateLimits;
}

/** The state as one request uses it. */
export type StoreOf = (scope: RequestScope) => Store;

/** The message for clients; the error itself tells the operator more. */
export const unreachableDatabase = "the database could not be reached";

/** The database did not answer. `outcome` is `unknown` when the connection was lost during the commit of a write. */
export class StoreUnavailableError extends OperatorError {
  override readonly name = "StoreUnavailableError";
  readonly outcome: "not-applied" | "unknown";

  constructor(message: string, outcome: "not-applied" | "unknown", options?: ErrorOptions) {
    super(message, options);
    this.outcome = outcome;
  }
}

/**
 * A call of the store was not begun because its client had left. It is not a failure of the database: it is not logged.
 */
export class RequestLeftError extends StoreUnavailableError {
  constructor() {
    super("the client left before the statement began", "not-applied");
  }
}
