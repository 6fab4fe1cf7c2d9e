import { Ending, type EndingSignal } from "./ending.js";

/** Signals that end a wait; an absent one never does. */
export type EndingSignals = readonly (EndingSignal | undefined)[];

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
  for (const signal of signals) if (signal !== undefined) listenersOf(signal).add(listener);
  return () => {
    for (const signal of signals) if (signal !== undefined) listenersOf(signal).delete(listener);
  };
}

const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** One listener of the signal calls all: an event target walks a chain of its listeners to remove one. */
function listenersOf(signal: EndingSignal): Set<() => void> {
  if (signal instanceof Ending) return signal.listeners;
  const known = waiting.get(signal);
  if (known !== undefined) return known;
  const listeners = new Set<() => void>();
  waiting.set(signal, listeners);
  signal.addEventListener("abort", () => listeners.forEach((listener) => listener()), { once: true });
  return listeners;
}

/** Aborts with the caller's signal, or at the end of the time. */
export function openDeadline(
  outer: EndingSignal | undefined,
  milliseconds: number,
): { readonly signal: Ending; readonly close: () => void } {
  const signal = new Ending();
  const abort = (): void => signal.abort();
  const stop = startTimer(milliseconds, abort);
  const forget = onAbort([outer], abort);
  return {
    signal,
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
export function unlessAborted<T>(work: Promise<T>, signals: EndingSignals): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    work.then(resolve, reject);
    // A result that is there already is answered.
    const forget = onAbort(signals, () => queueMicrotask(() => resolve(undefined)));
    work.then(forget, forget);
  });
}
