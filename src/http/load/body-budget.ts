import type { ServerResponse } from "node:http";

/** The part of the budget that one body uses. */
export interface BodyShare {
  /** Counts bytes that have arrived; false when the body is refused. */
  readonly grow: (bytes: number) => boolean;
  /** The body has arrived: it keeps its bytes until its request is answered and is no longer refused. */
  readonly arrived: () => void;
  /** The body was discarded. */
  readonly release: () => void;
}

interface Counted {
  bytes: number;
  refused: boolean;
}

/**
 * Bounds the bytes of the bodies that are in memory, from their arrival to the answer. Bytes count when they arrive:
 * an announced length costs a client nothing. Over the bound the newest body that still arrives is refused, so that
 * the older ones are finished.
 */
export class BodyBudget {
  readonly #max: number;
  /** The bodies that still arrive, in the order of their beginning, each with what discards it and keeps its bytes. */
  readonly #receiving = new Map<Counted, () => void>();
  #used = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** `discard` is called when the body is refused: it forgets the bytes. */
  open(response: ServerResponse, discard: () => void): BodyShare {
    const body: Counted = { bytes: 0, refused: false };
    this.#receiving.set(body, discard);
    const release = (): void => this.#release(body);
    response.once("close", release);
    return {
      grow: (bytes) => {
        if (body.refused) return false;
        body.bytes += bytes;
        this.#used += bytes;
        while (this.#used > this.#max) this.#refuseNewest();
        return !body.refused;
      },
      arrived: () => void this.#receiving.delete(body),
      release,
    };
  }

  /** At last the body that grows: it still arrives itself. */
  #refuseNewest(): void {
    const newest = [...this.#receiving].at(-1);
    if (newest === undefined) throw new Error("the bodies that have arrived exceed the budget");
    const [body, discard] = newest;
    body.refused = true;
    discard();
    this.#release(body);
  }

  #release(body: Counted): void {
    this.#receiving.delete(body);
    this.#used -= body.bytes;
    body.bytes = 0;
  }
}
