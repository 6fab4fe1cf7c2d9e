import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "pg";
import { checkEnvelope } from "./envelopes.js";
import { corpusOf } from "./corpus.js";
import type { FuzzAnswer, FuzzQuestion, FuzzServer } from "./fuzz-server.js";
import { mutate, type FuzzRequest } from "./mutations.js";
import { Random } from "./random.js";
import { sendRaw, type FuzzReply } from "./wire.js";

export interface FuzzOutcome {
  readonly requests: number;
  readonly refused: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly storedRecords: number;
  /** Each with the request that caused it. */
  readonly findings: readonly string[];
  /** Growth from request 1,000 to the last, measured after garbage collection. */
  readonly rssGrowthBytes: number;
  /** The same of objects and buffers: the process may have room for them from an earlier face. */
  readonly heapGrowthBytes: number;
  readonly socketsBefore: number;
  readonly socketsAfter: number;
}

const warmRequests = 1000;
const prepareEvery = 250;
const mostFindings = 20;

interface Game {
  readonly seed: number;
  readonly requests: number;
  readonly server: FuzzServer;
}

/** Sends mutated requests to one face, one after the other, and checks every reply and the stored records. */
export async function fuzzFace(provider: string, { seed, requests, server }: Game): Promise<FuzzOutcome> {
  const { port, database } = server;
  const random = new Random(seed);
  const corpus = corpusOf(provider);
  const findings: string[] = [];
  const byStatus: Record<string, number> = {};
  const ask = (question: FuzzQuestion["ask"]): Promise<FuzzAnswer> => server.ask({ ask: question, provider });
  let warm = await ask("measure");
  const { sockets: socketsBefore } = warm;
  const storedBefore = await countRecords(database);
  let [refused, stored] = [0, storedBefore];
  for (let index = 1; index <= requests && findings.length < mostFindings; index += 1) {
    const request = mutate(random.pick(corpus), random);
    const note = (problem: string): void => void findings.push(`request ${index}: ${problem}\n${show(request)}`);
    const reply = await sendRaw(port, request).catch((error: unknown) => note(String(error)));
    if (reply !== undefined) {
      byStatus[reply.status] = (byStatus[reply.status] ?? 0) + 1;
      const problem = checkEnvelope(provider, request.method, reply);
      if (problem !== undefined) note(`${problem}: ${reply.status} ${reply.body.slice(0, 500)}`);
    }
    const isRefused = reply === undefined || !hasSucceeded(reply);
    if (isRefused) refused += 1;
    else await settle(database);
    const now = await countRecords(database);
    if (isRefused && now !== stored) note(`a refused request changed the number of records from ${stored} to ${now}`);
    stored = now;
    if (index % prepareEvery === 0) await ask("prepare");
    if (index === warmRequests) warm = await ask("measure");
  }
  const { rssBytes, heapBytes, sockets } = await ask("measure");
  return {
    requests,
    refused,
    byStatus,
    storedRecords: stored - storedBefore,
    findings,
    rssGrowthBytes: rssBytes - warm.rssBytes,
    heapGrowthBytes: heapBytes - warm.heapBytes,
    socketsBefore,
    socketsAfter: sockets,
  };
}

/** Every contract shows success by its status, two of them also by a code in the body. */
function hasSucceeded({ status, body }: FuzzReply): boolean {
  return status < 300 && !/^\{"code":(?!0\b|200\b)/.test(body);
}

async function countRecords(database: Client): Promise<number> {
  const { rows } = await database.query<{ count: number }>("SELECT count(*)::int AS count FROM record");
  return rows[0]?.count ?? 0;
}

/** Waits for the pending imports. */
async function settle(database: Client): Promise<void> {
  for (;;) {
    const { rows } = await database.query("SELECT FROM task WHERE state = 'pending' LIMIT 1");
    if (rows.length === 0) return;
    await wait(5);
  }
}

function show({ method, mount, target, headers, body }: FuzzRequest): string {
  const text = body === undefined ? "" : body.toString("latin1", 0, 1000);
  return `${method} ${mount}${target.slice(0, 300)}\n${headers.map(([name, value]) => `${name}: ${value.slice(0, 100)}`).join("\n")}\n${text}`;
}
