/** Signals that end a wait; an absent one never does. */
export type EndingSignals = readonly (AbortSignal | undefined)[];

/**
 * Calls the listener when a signal aborts, at once where one has. The result removes it.
 * `AbortSignal.any` is not used: on Node 20 every combination leaks 70 bytes into a signal that lives as long as the
 * program.
 */
export function onAbort(signals: EndingSignals, listener: () => void): () => void {
  if (signals.some((signal) => signal?.aborted)) {
    listener();
    return () => undefined;
  }
  const all = signals.filter((signal) => signal !== undefined).map(listenersOf);
  for (const listeners of all) listeners.add(listener);
  return () => {
    for (const listeners of all) listeners.delete(listener);
  };
}

const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** One listener of the signal calls all: an event target walks a chain of its listeners to remove one. */
function listenersOf(signal: AbortSignal): Set<() => void> {
  const listeners = waiting.get(signal) ?? new Set();
  if (!waiting.has(signal)) {
    waiting.set(signal, listeners);
    signal.addEventListener("abort", () => listeners.forEach((listener) => listener()), { once: true });
  }
  return listeners;
}

/** Aborts with the caller's signal, or at the end of the time. */
export function openDeadline(
  outer: AbortSignal | undefined,
  milliseconds: number,
): { readonly signal: AbortSignal; readonly close: () => void } {
  const deadline = new AbortController();
  const abort = (): void => deadline.abort();
  const stop = startTimer(milliseconds, abort);
  const forget = onAbort([outer], abort);
  return {
    signal: deadline.signal,
    close: () => {
      stop();
      forget();
    },
  };
}

/** A timer of Node with a longer time ends at once. */
const maxTimerMs = 2 ** 31 - 1;

/** Calls the listener after the time, at the latest after 24 days. The result stops the timer. */
export function startTimer(milliseconds: number, listener: () => void): () => void {
  const timer = setTimeout(listener, Math.min(Math.max(0, milliseconds), maxTimerMs));
  return () => clearTimeout(timer);
}

/** The result, or undefined as soon as one of the signals aborts. */
export async function unlessAborted<T>(work: Promise<T>, signals: EndingSignals): Promise<T | undefined> {
  let forget: (() => void) | undefined;
  const aborted = new Promise<undefined>((resolve) => {
    forget = onAbort(signals, () => resolve(undefined));
  });
  return Promise.race([work, aborted]).finally(() => forget?.());
}
