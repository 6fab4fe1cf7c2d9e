import { reaches, type Row } from "./row.js";
import { type Target, targets } from "../targets.js";

const widths = [24, 10, 12, 7, 13, 15, 7, 7];

export const tableHead = toLine(["row", "ours", "reference", "ratio", "spread", "CPU-ms/req", "must", "goal"]);

export function toTableLine(row: Row): string {
  const target: Target = targets[row.name];
  const bound = (wanted: number): string => `${target.ratio === "at-least" ? "" : "<="}${wanted}`;
  const verdict = !row.met
    ? "must not met"
    : reaches(row.ratio ?? row.ours, row.goal, target)
      ? "goal met"
      : "must met";
  return `${toLine([
    row.name,
    toFigure(row.ours),
    `${row.reference === null ? "-" : toFigure(row.reference)} ${row.unit}`,
    row.ratio?.toFixed(2) ?? "-",
    row.spread.map((end) => toFigure(end, 3)).join("-"),
    `${toCpu(row.cpuMs.ours)} / ${toCpu(row.cpuMs.reference)}`,
    bound(row.must),
    bound(row.goal),
  ])}  ${verdict}`;
}

function toFigure(figure: number, digits = 4): string {
  return figure >= 10 ** digits ? figure.toFixed(0) : figure.toPrecision(digits);
}

function toCpu(ms: number | null): string {
  return ms === null ? "?" : toFigure(ms, 2);
}

function toLine(cells: readonly string[]): string {
  return cells
    .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : ` ${cell.padStart(widths[index] ?? 0)}`))
    .join("");
}
