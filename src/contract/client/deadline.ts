/** Aborts with the caller's signal, or at the end of the time. */
export function openDeadline(
  outer: AbortSignal,
  milliseconds: number,
): { readonly signal: AbortSignal; readonly close: () => void } {
  const deadline = new AbortController();
  const abort = (): void => deadline.abort();
  const timer = setTimeout(abort, Math.min(Math.max(0, milliseconds), maxTimerMs));
  outer.addEventListener("abort", abort);
  if (outer.aborted) abort();
  return {
    signal: deadline.signal,
    close: () => {
      clearTimeout(timer);
      outer.removeEventListener("abort", abort);
    },
  };
}

/** A timer with a longer time ends at once. */
const maxTimerMs = 2 ** 31 - 1;

/** The result, or undefined as soon as one of the signals aborts. */
export async function unlessAborted<T>(
  work: Promise<T>,
  signals: readonly (AbortSignal | undefined)[],
): Promise<T | undefined> {
  let end: (() => void) | undefined;
  const aborted = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined);
    if (signals.some((signal) => signal?.aborted)) end();
  });
  signals.forEach((signal) => end && signal?.addEventListener("abort", end));
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signals.forEach((signal) => end && signal?.removeEventListener("abort", end));
  }
}
