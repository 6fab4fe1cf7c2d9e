import type { ManageCollections } from "../application/manage-collections.js";
import type { ProviderDirectory } from "../application/providers.js";
import type { ReadRecords } from "../application/read-records.js";
import type { WriteRecords } from "../application/write-records.js";
import type { CallerRequest } from "../core/request-scope.js";
import type { Clock } from "../core/clock.js";
import type { ProviderFailure } from "../core/failure.js";
import type { Origin } from "../core/write.js";
import type { EventLoopTurns } from "./event-loop-turns.js";
import type { ProviderInputs } from "./inputs/provider-inputs.js";
import type { ResponseBudget } from "./limits/response-budget.js";
import type { Loaders } from "./loaders.js";

/** The use cases behind the resolvers. */
export interface Services {
  readonly directory: ProviderDirectory;
  readonly writeRecords: WriteRecords;
  readonly manageCollections: ManageCollections;
  readonly readRecords: ReadRecords;
  readonly clock: Clock;
}

export interface GraphqlContext extends CallerRequest {
  readonly services: Services;
  readonly inputs: ProviderInputs;
  readonly loaders: Loaders;
  readonly response: ResponseBudget;
  readonly turns: EventLoopTurns;
  readonly origin: Omit<Origin, "caller">;
  /** The id of the request in answers that hide their cause, and in the log. */
  readonly requestId: () => string;
  /** Aborts when the request's deadline passes; undefined for a request without one. */
  readonly signal: AbortSignal | undefined;
  /** Set before execution: the request is over a limit, and its mutations answer this. */
  refusal?: ProviderFailure;
}
