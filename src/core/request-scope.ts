import { systemCaller, type Caller } from "./access/caller.js";
import type { ReadMeter } from "./read-meter.js";

/**
 * One request of a client, as the store sees it: calls of different requests alternate, and those of a request whose
 * client has left do not begin. It is handed down explicitly: an `AsyncLocalStorage` would make every promise of the
 * process dearer, on Node 20 and 22 by a microsecond each.
 */
export class RequestScope {
  /** Counts what the request reads from the store; absent: without a limit. */
  readonly reads: ReadMeter | undefined;
  #left: AbortController | undefined;
  #hasLeft = false;
  #callsInHand = 0;
  #storeCalls = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(reads?: ReadMeter) {
    this.reads = reads;
  }

  /** The client has disconnected. */
  leave(): void {
    this.#hasLeft = true;
    this.#left?.abort();
  }

  /** Whether the client has disconnected: a call that has not begun does not begin. */
  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** Aborts when the client disconnects. Made when it is first asked for: few requests wait for it. */
  get left(): AbortSignal {
    this.#left ??= new AbortController();
    if (this.#hasLeft) this.#left.abort();
    return this.#left.signal;
  }

  /** Whether the answer has no receiver and no call has begun: then the store is not asked any more. */
  get isOver(): boolean {
    return this.#hasLeft && this.#callsInHand === 0;
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

  /**
   * Begins a call of the store, of which the request has at most `most` at one time; otherwise the answered promise is
   * to be waited for first. Each is ended by `endStoreCall`.
   */
  beginStoreCall(most: number): Promise<void> | undefined {
    if (this.#storeCalls < most) {
      this.#storeCalls += 1;
      return undefined;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  endStoreCall(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#storeCalls -= 1;
    else next();
  }
}

class ProgramScope extends RequestScope {
  override beginStoreCall(): undefined {
    return undefined;
  }

  override endStoreCall(): void {
    // None was counted.
  }
}

/** The scope of all work that is not a part of a request. */
export const programScope: RequestScope = new ProgramScope();

/** A request with the caller that it is answered for. */
export interface CallerRequest {
  readonly caller: Caller;
  readonly scope: RequestScope;
}

/** What the program asks of itself. */
export const systemRequest: CallerRequest = { caller: systemCaller, scope: programScope };
