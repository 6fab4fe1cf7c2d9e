import type { Contest, Effort, RunningServer, Stage } from "./contest.js";
import { medianOf } from "./report/median.js";
import { sendVerified, type Side } from "./send-verified.js";
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

/** Rounds of both sides in turn, after a warm-up of each that is not counted. */
export async function runContest(contest: Contest, stage: Stage, effort: Effort): Promise<Rounds> {
  const servers: RunningServer[] = [];
  const prepare = async (name: "ours" | "reference"): Promise<{ readonly side: Side; readonly amount: number }> => {
    const contender = contest[name];
    const server = await contender.open(stage);
    servers.push(server);
    const side = { server, contender, contest, stage };
    return { side, amount: await warmUp(side, effort) };
  };
  try {
    const ours = await prepare("ours");
    const reference = await prepare("reference");
    const rounds = { ours: [] as Round[], reference: [] as Round[] };
    for (let round = 0; round < effort.rounds; round += 1) {
      rounds.ours.push(await runRound(ours.side, ours.amount));
      rounds.reference.push(await runRound(reference.side, reference.amount));
    }
    return rounds;
  } finally {
    for (const server of servers) await server.close();
  }
}

async function runRound(side: Side, amount: number): Promise<Round> {
  const { pid } = side.server;
  const before = readCpuMs(pid);
  const { seconds, latencies } = await sendVerified(side, amount);
  const after = readCpuMs(pid);
  return {
    figure: side.contest.measure === "latency" ? medianOf(latencies) : amount / seconds,
    cpuMs: before === undefined || after === undefined ? undefined : (after - before) / amount,
  };
}

/** Sends more and more requests. @returns the number of requests of a round */
async function warmUp(side: Side, { warmUpMs, warmUpRequests, roundMs }: Effort): Promise<number> {
  const { connections } = side.contest;
  let amount = 2 * connections;
  for (let passedMs = 0, sent = 0; ;) {
    const { seconds } = await sendVerified(side, amount);
    passedMs += seconds * 1000;
    sent += amount;
    const perSecond = amount / seconds;
    if (passedMs >= (sent < warmUpRequests ? 4 * warmUpMs : warmUpMs))
      return toWholeTurns((perSecond * roundMs) / 1000, connections);
    amount = toWholeTurns(Math.min(4 * amount, (perSecond * warmUpMs) / 1000), connections);
  }
}

/** Each connection sends as many requests as the others, and at least two. */
function toWholeTurns(amount: number, connections: number): number {
  return connections * Math.max(2, Math.round(amount / connections));
}
