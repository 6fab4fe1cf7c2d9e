/** Milliseconds of execution after which other clients get a turn. */
const sliceMs = 20;

/**
 * Shares the event loop among executions: GraphQL puts a response together without a pause, however many statements
 * are behind it. Resolvers that bring much work take a turn before it.
 */
export class EventLoopTurns {
  /** The first one is at work. */
  readonly #works: (() => void)[] = [];
  /** Absent: nothing has been executed since the event loop last turned. */
  #sliceStart: number | undefined;

  /** For the work that follows in microtasks: one work at a time, in the order of the calls. */
  take(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#works.push(resolve) > 1) return;
      if (this.#isUsedUp()) this.#beginNextSlice();
      else this.#beginNext();
    });
  }

  /** For synchronous work within a turn; undefined while the turn lasts. */
  takeAnother(): Promise<void> | undefined {
    return this.#isUsedUp() ? this.take() : undefined;
  }

  #isUsedUp(): boolean {
    const now = performance.now();
    if (this.#sliceStart === undefined) setImmediate(() => (this.#sliceStart = undefined));
    this.#sliceStart ??= now;
    return now - this.#sliceStart > sliceMs;
  }

  #beginNextSlice(): void {
    setImmediate(() => this.#beginNext());
  }

  #beginNext(): void {
    this.#works[0]?.();
    // A tick that a microtask asks for follows all microtasks: then the work has been done.
    queueMicrotask(() =>
      process.nextTick(() => {
        this.#works.shift();
        if (this.#works.length === 0) return;
        if (this.#isUsedUp()) this.#beginNextSlice();
        else this.#beginNext();
      }),
    );
  }
}
