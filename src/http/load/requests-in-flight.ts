import type { ServerResponse } from "node:http";

/** Counts requests from their head to the end of their answer. */
export class RequestsInFlight {
  readonly #max: number;
  #count = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Counts a request until its response is closed; false for one that is over the bound. */
  enter(response: ServerResponse): boolean {
    if (this.#count >= this.#max) return false;
    this.#count += 1;
    response.once("close", () => (this.#count -= 1));
    return true;
  }
}
