/** The part of a terminal that a progress line needs. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

export interface ProgressLine {
  /** Replaces the previous step. */
  readonly show: (step: string) => void;
  /** Clears the line for the next output. */
  readonly clear: () => void;
}

const repaintMs = 1000;
const eraseLine = "\r\u001b[K";

/** Shows the present step and its seconds; prints nothing when the output is not a terminal. */
export function createProgressLine(terminal: Terminal): ProgressLine {
  if (terminal.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    terminal.write(eraseLine);
  };
  return {
    clear,
    show: (step) => {
      clear();
      let seconds = 0;
      const paint = () => terminal.write(`${eraseLine}${step}…${seconds === 0 ? "" : ` ${seconds} s`}`);
      paint();
      timer = setInterval(() => {
        seconds += repaintMs / 1000;
        paint();
      }, repaintMs);
      timer.unref();
    },
  };
}
