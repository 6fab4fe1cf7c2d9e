/** Counts the turns that the event loop has taken until the work was done: another client could be served in each. */
export async function countTurns<Value>(work: () => Promise<Value>): Promise<{ value: Value; turns: number }> {
  let turns = 0;
  let next = setImmediate(function count() {
    turns += 1;
    next = setImmediate(count);
  });
  try {
    return { value: await work(), turns };
  } finally {
    clearImmediate(next);
  }
}
