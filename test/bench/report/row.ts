import type { Rounds, Round } from "../run-contest.js";
import { type RowName, type Target, targets } from "../targets.js";
import { medianOf } from "./median.js";

/** One line of the table, and one object of the JSON. */
export interface Row {
  readonly name: RowName;
  readonly unit: Target["unit"];
  /** Medians of the rounds. */
  readonly ours: number;
  readonly reference: number | null;
  /** Null where there is no reference: our figure is then held against the targets. */
  readonly ratio: number | null;
  /** The lowest and the highest ratio of one round, or our figure. */
  readonly spread: readonly [number, number];
  /** Milliseconds of CPU of the server process a request; null where the system does not tell. */
  readonly cpuMs: { readonly ours: number | null; readonly reference: number | null };
  readonly must: number;
  readonly goal: number;
  /** Whether the ratio reaches `must`. */
  readonly met: boolean;
}

export function toRow(name: RowName, { ours, reference }: Rounds): Row {
  const target: Target = targets[name];
  const compared = reference.length > 0;
  const figures = {
    ours: medianOf(ours.map(toFigure)),
    reference: compared ? medianOf(reference.map(toFigure)) : null,
  };
  const ratio = figures.reference === null ? null : figures.ours / figures.reference;
  const each = ours.map(({ figure }, index) => (compared ? figure / (reference[index]?.figure ?? Number.NaN) : figure));
  const { must, goal, unit } = target;
  return {
    name,
    unit,
    ...figures,
    ratio,
    spread: [Math.min(...each), Math.max(...each)],
    cpuMs: { ours: medianCpuMs(ours), reference: medianCpuMs(reference) },
    must,
    goal,
    met: reaches(ratio ?? figures.ours, must, target),
  };
}

/** Whether a ratio, or a figure without a reference, reaches a number of its target. */
export function reaches(found: number, wanted: number, target: Pick<Target, "ratio">): boolean {
  return target.ratio === "at-least" ? found >= wanted : found <= wanted;
}

function toFigure({ figure }: Round): number {
  return figure;
}

function medianCpuMs(rounds: readonly Round[]): number | null {
  const known = rounds.flatMap(({ cpuMs }) => (cpuMs === undefined ? [] : [cpuMs]));
  return known.length === 0 ? null : medianOf(known);
}
