/**
 * A map with a bounded number of entries. A new one may drop entries that have not been used for at least half as many
 * others.
 */
export class RecentMap<Value> {
  readonly #half: number;
  #recent = new Map<string, Value>();
  /** Entries from before the recent ones: those that are used again become recent, the others are dropped together. */
  #older = new Map<string, Value>();

  constructor(maxEntries: number) {
    this.#half = Math.ceil(maxEntries / 2);
  }

  get(name: string): Value | undefined {
    const recent = this.#recent.get(name);
    if (recent !== undefined) return recent;
    const older = this.#older.get(name);
    if (older !== undefined) this.set(name, older);
    return older;
  }

  set(name: string, value: Value): void {
    if (this.#recent.size >= this.#half && !this.#recent.has(name)) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(name, value);
  }

  delete(name: string): void {
    this.#recent.delete(name);
    this.#older.delete(name);
  }
}
