export interface StatementQueueOptions {
  /** How many statements and transactions may be in hand at one time. */
  readonly slots: number;
  /**
   * Whether a slot is given on only after a turn of the event loop: for a database that answers by microtasks, which
   * would otherwise keep sockets and timers waiting until the queue is empty.
   */
  readonly rests: boolean;
}

/**
 * Statements and transactions in the order of their arrival. Those of different requests alternate, because a request
 * has only some calls of the store at one time.
 */
export class StatementQueue {
  readonly #options: StatementQueueOptions;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(options: StatementQueueOptions) {
    this.#options = options;
    this.#free = options.slots;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#take();
    if (turn !== undefined) await turn;
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** Answers the function that gives the slot back. */
  async enter(): Promise<() => void> {
    await this.#take();
    return callOnce(() => this.#leave());
  }

  /** Ends at once, or after a turn of the event loop. */
  async rest(): Promise<void> {
    if (this.#options.rests) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** Undefined where a slot is free. */
  #take(): Promise<void> | undefined {
    if (this.#free === 0) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#free -= 1;
    return undefined;
  }

  #leave(): void {
    if (this.#options.rests) setImmediate(() => this.#giveOn());
    else this.#giveOn();
  }

  #giveOn(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

function callOnce(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
