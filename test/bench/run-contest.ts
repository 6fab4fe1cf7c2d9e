import {
  type Contender,
  type Contest,
  type Effort,
  type RunningServer,
  type Stage,
  WrongResultError,
} from "./contest.js";
import type { LoadResult } from "./load/load.js";
import { works } from "./load/works.js";
import { medianOf } from "./report/median.js";
import { readCpuMs } from "./servers/cpu-time.js";

/** The figures of one side in one round. */
export interface Round {
  readonly figure: number;
  /** Of the server process, in milliseconds a request; undefined where the system does not tell. */
  readonly cpuMs: number | undefined;
}

export interface Rounds {
  readonly ours: readonly Round[];
  readonly reference: readonly Round[];
}

interface Side {
  readonly server: RunningServer;
  readonly contender: Contender;
  /** Requests a round. */
  readonly amount: number;
  readonly rounds: Round[];
}

/** Rounds of both sides in turn, after a warm-up of each that is not counted. */
export async function runContest(contest: Contest, stage: Stage, effort: Effort): Promise<Rounds> {
  const servers: RunningServer[] = [];
  try {
    const sides: Side[] = [];
    for (const contender of [contest.ours, contest.reference]) {
      const server = await contender.open(stage);
      servers.push(server);
      const runner = { server, contender, contest, stage };
      sides.push({ server, contender, amount: await warmUp(runner, effort), rounds: [] });
    }
    for (let round = 0; round < effort.rounds; round += 1) {
      for (const { server, contender, amount, rounds } of sides) {
        const before = readCpuMs(server.pid);
        const result = await sendVerified({ server, contender, contest, stage }, amount);
        const after = readCpuMs(server.pid);
        rounds.push({
          figure: contest.measure === "latency" ? medianOf(result.latencies) : amount / result.seconds,
          cpuMs: before === undefined || after === undefined ? undefined : (after - before) / amount,
        });
      }
    }
    const [ours, reference] = sides;
    return { ours: ours?.rounds ?? [], reference: reference?.rounds ?? [] };
  } finally {
    for (const server of servers) await server.close();
  }
}

interface Runner {
  readonly server: RunningServer;
  readonly contender: Contender;
  readonly contest: Contest;
  readonly stage: Stage;
}

/** Sends more and more requests until the time has passed. @returns the number of requests of a round */
async function warmUp(runner: Runner, { warmUpMs, roundMs }: Effort): Promise<number> {
  let amount = 2 * runner.contest.connections;
  for (let passedMs = 0; ;) {
    const { seconds } = await sendVerified(runner, amount);
    passedMs += seconds * 1000;
    const perSecond = amount / seconds;
    if (passedMs >= warmUpMs) return wholeTurns((perSecond * roundMs) / 1000, runner.contest.connections);
    amount = wholeTurns(Math.min(4 * amount, (perSecond * warmUpMs) / 1000), runner.contest.connections);
  }
}

/** Each connection sends as many requests as the others, and at least two. */
function wholeTurns(amount: number, connections: number): number {
  return connections * Math.max(2, Math.round(amount / connections));
}

/** @throws WrongResultError for a response other than a success, and for another number of stored records than told */
async function sendVerified({ server, contender, contest, stage }: Runner, amount: number): Promise<LoadResult> {
  await server.beforeRound();
  const { work } = contender;
  const { rows, connections, keys = 1_000_000_000 } = contest;
  const stored = await server.countRecords();
  const result = await stage.load.send({ origin: server.origin, work, rows, connections, amount, keys });
  if (result.fault !== undefined) throw new WrongResultError(`${work}: ${result.fault}`);
  const expected = stored + (works[work].adds ? amount * rows : 0);
  const found = await server.countRecords();
  if (found !== expected || result.latencies.length !== amount) {
    throw new WrongResultError(
      `${work}: ${result.latencies.length} of ${amount} responses, ${found} records of ${expected} stored`,
    );
  }
  return result;
}
