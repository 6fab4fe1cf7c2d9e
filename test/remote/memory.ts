/** Runs the work, and measures by how many MB the memory of the process grew meanwhile, at most. */
export async function measureGrowth<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly growthMb: number }> {
  const used = (): number => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  let highest = before;
  const timer = setInterval(() => (highest = Math.max(highest, used())), 5);
  try {
    const result = await work();
    return { result, growthMb: Math.round((Math.max(highest, used()) - before) / (1 << 20)) };
  } finally {
    clearInterval(timer);
  }
}
