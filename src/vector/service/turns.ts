/** Runs works of one name one after another, in the order of the calls; works of other names do not wait. */
export type TakeTurn = <Done>(name: string, work: () => Promise<Done>) => Promise<Done>;

export function createTurns(): TakeTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (name, work) => {
    const before = last.get(name);
    // A failed work is reported to its own caller.
    const own = (before ?? Promise.resolve()).then(work, work);
    last.set(name, own);
    try {
      return await own;
    } finally {
      if (last.get(name) === own) last.delete(name);
    }
  };
}
