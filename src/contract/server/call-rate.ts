import type { Clock } from "../../core/clock.js";
import type { CallCount } from "../check.js";

/** Counts calls in fixed windows, one count per key. Holds at most one entry per key of the current window. */
export class CallRate {
  readonly #clock: Clock;
  readonly #windowMs: number;
  #window = -1;
  #counts = new Map<string, number>();

  constructor(clock: Clock, windowMs: number) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  count(key: string, limit: number): CallCount {
    const now = this.#clock.now().getTime();
    const window = Math.floor(now / this.#windowMs);
    if (window !== this.#window) {
      this.#window = window;
      this.#counts = new Map();
    }
    const calls = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, calls);
    return { limit, remaining: limit - calls, resetAfterMs: (window + 1) * this.#windowMs - now };
  }
}
