/** How many statements are named at most: the database keeps each with its plan. */
export const maxNamed = 100;

const maxCounted = 1000;

/** Tells the statements that are worth a name: those that are sent often. The others are parsed anew each time. */
export class FrequentTexts {
  readonly #leastUses: number;
  readonly #uses = new Map<string, number>();

  constructor(leastUses: number) {
    this.#leastUses = leastUses;
  }

  /** Counts one use of the text, and answers whether it is frequent by now. */
  count(text: string): boolean {
    const uses = (this.#uses.get(text) ?? 0) + 1;
    if (uses >= this.#leastUses) {
      this.#uses.delete(text);
      return true;
    }
    // Texts that are sent once would fill the memory.
    if (this.#uses.size === maxCounted) this.#uses.clear();
    this.#uses.set(text, uses);
    return false;
  }
}
