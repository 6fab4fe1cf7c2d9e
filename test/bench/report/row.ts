import type { Rounds, Round } from "../run-contest.js";
import { type RowName, type Target, targets } from "../targets.js";
import { medianOf } from "./median.js";

/** One line of the table, and one object of the JSON. */
export interface Row {
  readonly name: RowName;
  readonly unit: Target["unit"];
  /** Medians of the rounds. */
  readonly ours: number;
  readonly reference: number;
  readonly ratio: number;
  /** The lowest and the highest ratio of one round. */
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
  const figures = { ours: medianOf(ours.map(toFigure)), reference: medianOf(reference.map(toFigure)) };
  const ratio = figures.ours / figures.reference;
  const ratios = ours.map((round, index) => round.figure / (reference[index]?.figure ?? Number.NaN));
  const { must, goal, unit } = target;
  return {
    name,
    unit,
    ...figures,
    ratio,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    cpuMs: { ours: medianCpuMs(ours), reference: medianCpuMs(reference) },
    must,
    goal,
    met: reaches(ratio, must, target),
  };
}

/** Whether a ratio reaches a number of its target. */
export function reaches(ratio: number, wanted: number, target: Pick<Target, "ratio">): boolean {
  return target.ratio === "at-least" ? ratio >= wanted : ratio <= wanted;
}

function toFigure({ figure }: Round): number {
  return figure;
}

function medianCpuMs(rounds: readonly Round[]): number | null {
  const known = rounds.flatMap(({ cpuMs }) => (cpuMs === undefined ? [] : [cpuMs]));
  return known.length === 0 ? null : medianOf(known);
}
