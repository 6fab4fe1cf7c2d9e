// JavaScript, not TypeScript: scripts/start.mjs shows the build with it, before anything is compiled.

/**
 * The part of a terminal that a progress line needs.
 * @typedef {{ readonly isTTY?: boolean, readonly write: (text: string) => unknown }} Terminal
 */

/**
 * `show` replaces the previous step, `clear` clears the line for the next output.
 * @typedef {{ readonly show: (step: string) => void, readonly clear: () => void }} ProgressLine
 */

const repaintMs = 1000;
const eraseLine = "\r\u001b[K";

/**
 * Shows the present step and its seconds; prints nothing when the output is not a terminal.
 * @param {Terminal} terminal
 * @returns {ProgressLine}
 */
export function createProgressLine(terminal) {
  if (terminal.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const clear = () => {
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
