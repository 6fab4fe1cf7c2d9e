/** Milliseconds of execution after which other clients get a turn. */
const sliceMs = 20;

/**
 * Shares the event loop among executions: GraphQL puts a response together without a pause, however many statements
 * are behind it. Resolvers that bring much work take a turn before it.
 */
export class EventLoopTurns {
  readonly #waiting: (() => void)[] = [];
  #sliceStart = 0;

  /** Undefined when the work may begin at once. */
  take(): Promise<void> | undefined {
    if (this.#waiting.length === 0 && performance.now() - this.#sliceStart < sliceMs) return undefined;
    return new Promise((resolve) => {
      if (this.#waiting.push(resolve) === 1) this.#beginSliceSoon();
    });
  }

  #beginSliceSoon(): void {
    setImmediate(() => {
      this.#sliceStart = performance.now();
      this.#beginNext();
    });
  }

  /** The entry stays in the list until its work is done, so that no other work begins meanwhile. */
  #beginNext(): void {
    this.#waiting[0]?.();
    // A tick that a microtask asks for follows all microtasks: then the work has been done.
    queueMicrotask(() =>
      process.nextTick(() => {
        this.#waiting.shift();
        if (this.#waiting.length === 0) return;
        if (performance.now() - this.#sliceStart < sliceMs) this.#beginNext();
        else this.#beginSliceSoon();
      }),
    );
  }
}
