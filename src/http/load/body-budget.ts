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

interface Receiving {
  bytes: number;
  refused: boolean;
  readonly discard: () => void;
}

/**
 * Bounds the bytes of the bodies that are in memory, from their arrival to the answer. Bytes count when they arrive:
 * an announced length costs a client nothing. Over the bound the newest body that still arrives is refused, so that
 * the older ones are finished.
 */
export class BodyBudget {
  readonly #max: number;
  /** In the order of their beginning. */
  readonly #receiving = new Set<Receiving>();
  #used = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** `discard` is called when the body is refused: it forgets the bytes. */
  open(response: ServerResponse, discard: () => void): BodyShare {
    const body: Receiving = { bytes: 0, refused: false, discard };
    this.#receiving.add(body);
    const release = (): void => this.#release(body);
    response.once("close", release);
    return {
      grow: (bytes) => {
        if (body.refused) return false;
        body.bytes += bytes;
        this.#used += bytes;
        while (this.#used > this.#max) this.#refuseNewest(body);
        return !body.refused;
      },
      arrived: () => void this.#receiving.delete(body),
      release,
    };
  }

  /** The body that grows is the last resort: it still arrives itself. */
  #refuseNewest(growing: Receiving): void {
    const newest = [...this.#receiving].at(-1) ?? growing;
    newest.refused = true;
    newest.discard();
    this.#release(newest);
  }

  #release(body: Receiving): void {
    this.#receiving.delete(body);
    this.#used -= body.bytes;
    body.bytes = 0;
  }
}
