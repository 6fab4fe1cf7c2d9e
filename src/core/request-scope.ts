import { AsyncLocalStorage } from "node:async_hooks";
import type { ReadMeter } from "./read-meter.js";
import { StoreUnavailableError } from "./store.js";

/**
 * One request of a client, seen from below: the statements of different requests alternate, and those of a request
 * whose client has left are dropped.
 */
export class RequestScope {
  /** Counts what the request reads from the store; absent: without a limit. */
  readonly reads: ReadMeter | undefined;
  readonly #left: AbortSignal | undefined;
  #callsInHand = 0;

  /** @param left aborts when the client disconnects */
  constructor(left?: AbortSignal, reads?: ReadMeter) {
    this.#left = left;
    this.reads = reads;
  }

  /** Whether the answer has no receiver and no call has begun: then no further statement begins. */
  get isOver(): boolean {
    return this.#left?.aborted === true && this.#callsInHand === 0;
  }

  /** Keeps the scope from being over until the answered function is called: a call that has begun is finished. */
  beginCall(): () => void {
    this.#callsInHand += 1;
    let ended = false;
    return () => {
      if (!ended) this.#callsInHand -= 1;
      ended = true;
    };
  }
}

/** A statement was not begun because its client had left. It is not a failure of the database: it is not logged. */
export class RequestLeftError extends StoreUnavailableError {
  constructor() {
    super("the client left before the statement began", "not-applied");
  }
}

const scopes = new AsyncLocalStorage<RequestScope | undefined>();

/** Faces wrap every request in it. */
export function runInRequest<T>(scope: RequestScope, work: () => T): T {
  return scopes.run(scope, work);
}

/** For work that a request sets off and that outlives it. */
export function runOutsideRequests<T>(work: () => T): T {
  return scopes.run(undefined, work);
}

/** Undefined for work of the program itself. */
export function currentRequest(): RequestScope | undefined {
  return scopes.getStore();
}
