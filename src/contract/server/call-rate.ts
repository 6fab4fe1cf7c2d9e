import type { Clock } from "../../core/clock.js";

/** How a caller stands after a call. */
export interface CallCount {
  readonly limit: number;
  /** Calls that are left in this window; negative when this one was too many. */
  readonly remaining: number;
  /** When the next window begins. */
  readonly resetAfterMs: number;
}

/** Counts calls in fixed windows, one count a key. Holds at most one entry a key seen in the current window. */
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
