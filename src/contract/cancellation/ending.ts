/** Ends a wait, once. Every call makes some, and an `AbortController` with a listener takes forty times as long. */
export class Ending {
  readonly listeners = new Set<() => void>();
  #aborted = false;

  get aborted(): boolean {
    return this.#aborted;
  }

  abort(): void {
    if (this.#aborted) return;
    this.#aborted = true;
    for (const listener of this.listeners) listener();
  }
}

/** What ends a wait. */
export type EndingSignal = AbortSignal | Ending;
