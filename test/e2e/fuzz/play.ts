import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { checkEnvelope } from "./envelopes.js";
import { corpusOf } from "./corpus.js";
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
  readonly socketsBefore: number;
  readonly socketsAfter: number;
}

interface Answer {
  readonly url: string;
  readonly rssBytes: number;
  readonly sockets: number;
}

const warmRequests = 1000;
const prepareEvery = 250;
const mostFindings = 20;

/** Sends mutated requests to one face, one after the other, and checks every reply and the stored records. */
export async function fuzzFace(
  provider: string,
  options: { readonly databaseUrl: string; readonly seed: number; readonly requests: number },
): Promise<FuzzOutcome> {
  const child = fork(join(import.meta.dirname, "server.ts"), [provider], {
    execArgv: ["--import", "tsx", "--max-semi-space-size=32"],
    env: { ...process.env, DATABASE_URL: options.databaseUrl },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const gone = once(child, "exit").then(([code]) => Promise.reject(new Error(`the server ended with ${String(code)}`)));
  const server: Server = { child, gone };
  const started = await nextAnswer(server);
  const database = new Client({ connectionString: options.databaseUrl });
  await database.connect();
  try {
    return await play(provider, { ...options, server, database, port: Number(new URL(started.url).port) });
  } finally {
    await database.end();
    gone.catch(() => undefined);
    await ask(server, "close");
    child.kill();
  }
}

interface Server {
  readonly child: ChildProcess;
  /** Rejects when the process ends. */
  readonly gone: Promise<never>;
}

interface Game {
  readonly seed: number;
  readonly requests: number;
  readonly server: Server;
  readonly database: Client;
  readonly port: number;
}

async function play(provider: string, { seed, requests, server, database, port }: Game): Promise<FuzzOutcome> {
  const random = new Random(seed);
  const corpus = corpusOf(provider);
  const findings: string[] = [];
  const byStatus: Record<string, number> = {};
  const { sockets: socketsBefore } = await ask(server, "measure");
  let [refused, warmRssBytes, stored] = [0, 0, await countRecords(database)];
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
    if (index % prepareEvery === 0) await ask(server, "prepare");
    if (index === warmRequests) warmRssBytes = (await ask(server, "measure")).rssBytes;
  }
  const { rssBytes, sockets } = await ask(server, "measure");
  return {
    requests,
    refused,
    byStatus,
    storedRecords: stored,
    findings,
    rssGrowthBytes: rssBytes - warmRssBytes,
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

async function ask(server: Server, question: string): Promise<Answer> {
  const answer = nextAnswer(server);
  server.child.send(question);
  return answer;
}

async function nextAnswer({ child, gone }: Server): Promise<Answer> {
  const [answer] = (await Promise.race([once(child, "message"), gone])) as [Answer]; // `server.ts` sends this type.
  return answer;
}

function show({ method, mount, target, headers, body }: FuzzRequest): string {
  const text = body === undefined ? "" : body.toString("latin1", 0, 1000);
  return `${method} ${mount}${target.slice(0, 300)}\n${headers.map(([name, value]) => `${name}: ${value.slice(0, 100)}`).join("\n")}\n${text}`;
}
