import { type Contender, type Contest, type RunningServer, type Stage, WrongResultError } from "./contest.js";
import type { LoadResult } from "./load/load.js";
import { works } from "./load/works.js";

/** A server of a contest, and what is sent to it. */
export interface Side {
  readonly server: RunningServer;
  readonly contender: Contender;
  readonly contest: Contest;
  readonly stage: Stage;
}

/** @throws WrongResultError for a response other than a success, and for another number of stored records than told */
export async function sendVerified({ server, contender, contest, stage }: Side, amount: number): Promise<LoadResult> {
  await server.beforeRound?.();
  const { work } = contender;
  const { rows, connections, keys = 1_000_000_000 } = contest;
  const stored = (await server.countRecords?.()) ?? 0;
  const send = server.sendAlone ?? stage.load.send;
  const result = await send({ origin: server.origin, work, rows, connections, amount, keys });
  if (result.fault !== undefined) throw new WrongResultError(`${work}: ${result.fault}`);
  if (result.latencies.length !== amount) {
    throw new WrongResultError(`${work}: ${result.latencies.length} of ${amount} responses`);
  }
  const expected = stored + (works[work].adds ? amount * rows : 0);
  const found = await server.countRecords?.();
  if (found !== undefined && found !== expected) {
    throw new WrongResultError(`${work}: ${found} records are stored, ${expected} were written`);
  }
  return result;
}
