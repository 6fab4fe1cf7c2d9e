import type { Contest, Effort, Stage } from "./contest.js";
import { type Rounds, runContest } from "./run-contest.js";
import { contests } from "./rows.js";
import type { RowName } from "./targets.js";
import { runBigBody } from "./trials/big-body.js";
import type { PlaceKind } from "./trials/lend-database.js";
import { runStart } from "./trials/start.js";

/** What is measured at one go: one row, or several. */
interface Bench {
  readonly rows: readonly RowName[];
  /** It needs the packages of `test/bench/peers`. */
  readonly needsPeers?: boolean;
  readonly run: (stage: Stage, effort: Effort) => Promise<readonly Rounds[]>;
}

// The keys of the table are its names.
const contestNames = Object.keys(contests) as readonly (keyof typeof contests)[];

const places: readonly PlaceKind[] = ["postgres", "pglite"];

/** In the order of the table; the results of a bench are in the order of its rows. */
export const benches: readonly Bench[] = [
  ...contestNames.map((name): Bench => {
    const contest: Contest = contests[name];
    return {
      rows: [name],
      needsPeers: contest.reference.isPeer === true,
      run: async (stage, effort) => [await runContest(contest, stage, effort)],
    };
  }),
  ...places.map((kind): Bench => ({
    rows: [`big-body-${kind}-time`, `big-body-${kind}-memory`, `big-body-${kind}-stall`],
    run: async (stage, effort) => {
      const { time, memory, stall } = await runBigBody(kind, stage, effort);
      return [time, memory, stall];
    },
  })),
  ...places.map((kind): Bench => ({
    rows: [`start-${kind}`],
    run: async (stage, effort) => [await runStart(kind, stage, effort)],
  })),
];
