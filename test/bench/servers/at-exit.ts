const endings = new Set<() => void>();

process.on("exit", () => {
  for (const end of endings) end();
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

/**
 * Ends something when this process is stopped in the middle of a run.
 * @returns what to call when it has ended by itself
 */
export function endAtExit(end: () => void): () => void {
  endings.add(end);
  return () => {
    endings.delete(end);
  };
}
