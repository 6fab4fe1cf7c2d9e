import { currentRequest, RequestLeftError, type RequestScope } from "../../core/request-scope.js";

export interface FairQueueOptions {
  /** How many entries may be in hand at one time. */
  readonly slots: number;
  /**
   * Whether a slot is given on only after a turn of the event loop: for a database that answers by microtasks, which
   * would otherwise keep sockets and timers waiting until the queue is empty.
   */
  readonly rests: boolean;
}

interface Waiting {
  readonly begin: () => void;
  readonly refuse: (error: RequestLeftError) => void;
}

/** A request, or a single statement of the program itself. */
type Owner = Pick<RequestScope, "isOver">;

/** Lets the entries of different requests alternate, however many each of them has. */
export class FairQueue {
  readonly #options: FairQueueOptions;
  /** In the order of their turns. */
  readonly #owners = new Map<Owner, Waiting[]>();
  #free: number;

  constructor(options: FairQueueOptions) {
    this.#options = options;
    this.#free = options.slots;
  }

  /** @throws RequestLeftError when the client leaves before the work begins */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Answers the function that gives the slot back. @throws RequestLeftError */
  async enter(): Promise<() => void> {
    const request = currentRequest();
    if (request?.isOver) throw new RequestLeftError();
    if (this.#free > 0 && this.#owners.size === 0) this.#free -= 1;
    else await this.#wait(request ?? { isOver: false });
    return callOnce(() => this.#leave());
  }

  /** Ends at once, or after a turn of the event loop. */
  async rest(): Promise<void> {
    if (this.#options.rests) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  #wait(owner: Owner): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = this.#owners.get(owner);
      const entry = { begin: resolve, refuse: reject };
      if (waiting === undefined) this.#owners.set(owner, [entry]);
      else waiting.push(entry);
    });
  }

  #leave(): void {
    if (this.#options.rests) setImmediate(() => this.#giveOn());
    else this.#giveOn();
  }

  #giveOn(): void {
    const next = this.#takeNext();
    if (next === undefined) this.#free += 1;
    else next.begin();
  }

  #takeNext(): Waiting | undefined {
    for (const [owner, waiting] of this.#owners) {
      this.#owners.delete(owner);
      if (owner.isOver) {
        for (const { refuse } of waiting) refuse(new RequestLeftError());
        continue;
      }
      const next = waiting.shift();
      // To the end of the round.
      if (waiting.length > 0) this.#owners.set(owner, waiting);
      return next;
    }
    return undefined;
  }
}

function callOnce(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
