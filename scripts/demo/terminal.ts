import { styleText } from "node:util";
import type { Paint } from "./table.js";

export interface Terminal {
  readonly width: number;
  readonly paint: Paint;
  readonly print: (text: string) => void;
  /** Shows a progress bar; on a terminal it is updated in place. */
  readonly showProgress: (name: string, percent: number) => void;
}

const styles = { good: "green", bad: "red", quiet: "gray", strong: "bold" } as const;
const widthOfFiles = 120;
const barLength = 24;

/** Uses colours on a terminal only, and not with NO_COLOR: see https://no-color.org. */
export function createTerminal(
  output: NodeJS.WriteStream,
  { NO_COLOR: noColor = "", TERM: term }: NodeJS.ProcessEnv,
): Terminal {
  const isTerminal = output.isTTY;
  const colourful = isTerminal && noColor === "" && term !== "dumb";
  const paint: Paint = (text, style) => (colourful ? styleText(styles[style], text) : text);
  const print = (text: string): void => void output.write(`${text}\n`);
  let last = "";
  return {
    width: isTerminal ? output.columns : widthOfFiles,
    paint,
    print,
    showProgress: (name, percent) => {
      const done = Math.round((barLength * percent) / 100);
      const line = `${name}: import ${paint("█".repeat(done), "good")}${paint("░".repeat(barLength - done), "quiet")} ${percent} %`;
      if (!isTerminal && line !== last) print(line);
      // Returns to the start of the line and clears the rest of it.
      if (isTerminal) output.write(`\r${line}\u001b[K${percent === 100 ? "\n" : ""}`);
      last = line;
    },
  };
}
