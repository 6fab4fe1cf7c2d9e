import type { Clock } from "../core/clock.js";

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

  /** Whether this call is still within `max` calls of the window. */
  admit(key: string, max: number): boolean {
    const window = Math.floor(this.#clock.now().getTime() / this.#windowMs);
    if (window !== this.#window) {
      this.#window = window;
      this.#counts = new Map();
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= max;
  }
}
