import { createCollection } from "../../e2e/graphql-request.js";
import type { Program } from "../../e2e/program.js";
import { poll, readPeakMemory, send } from "../../starve/program-under-load.js";
import { startDefault } from "../contenders/recordgate.js";
import { type Effort, type Stage, WrongResultError } from "../contest.js";
import { createVisits, visitPath, visitUpload } from "../load/visits.js";
import type { Rounds } from "../run-contest.js";
import { readTableStatements } from "../servers/database.js";
import { readMemory } from "../servers/memory.js";
import { startReference } from "../servers/reference.js";
import { lendDatabase, type PlaceKind } from "./lend-database.js";

/** What one insert costs, and what another client notices of it. */
interface Cost {
  readonly ms: number;
  /** Above the memory of the idle program. */
  readonly peakMegabytes: number;
  /** The longest that another client has waited for a small answer. */
  readonly stallMs: number;
}

export interface BigBodyRounds {
  readonly time: Rounds;
  readonly memory: Rounds;
  readonly stall: Rounds;
}

/** One insert of the largest body into a program that has just started, and its parts alone in a new process. */
export async function runBigBody(
  kind: PlaceKind,
  stage: Stage,
  { rounds, largestRows }: Effort,
): Promise<BigBodyRounds> {
  const body = Buffer.from(JSON.stringify({ rows: createVisits(largestRows) }));
  const costs: Cost[] = [];
  const alone: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    costs.push(await measureProgram({ kind, stage, body, count: largestRows }));
    alone.push(await measureAlone(kind, stage, largestRows));
  }
  const megabytes = body.byteLength / 1_048_576;
  return {
    time: toRounds(
      costs.map(({ ms }) => ms),
      alone,
    ),
    memory: toRounds(
      costs.map(({ peakMegabytes }) => peakMegabytes),
      costs.map(() => megabytes),
    ),
    stall: toRounds(
      costs.map(({ stallMs }) => stallMs),
      [],
    ),
  };
}

interface Measured {
  readonly kind: PlaceKind;
  readonly stage: Stage;
  readonly body: Buffer;
  readonly count: number;
}

function measureProgram({ kind, stage, body, count }: Measured): Promise<Cost> {
  return lendDatabase(kind, stage, async ({ environment }) => {
    const program = await startDefault(environment);
    try {
      await createCollection(program.url, { redivis: visitUpload });
      await insertVisits(program, Buffer.from(JSON.stringify({ rows: createVisits(1) })), 1);
      const idle = readMemory(program.pid);
      const ask = JSON.stringify({ query: "{ __typename }" });
      const polls = [
        poll(() => send(program.url, { body: ask })),
        poll(() => send(new URL("/health", program.url).href)),
      ];
      const startedAt = performance.now();
      await insertVisits(program, body, count);
      const ms = performance.now() - startedAt;
      const stalls = await Promise.all(polls.map((stop) => stop()));
      await expectStored(program, count + 1);
      const peakMegabytes = (readPeakMemory(program.pid) ?? Number.NaN) - idle;
      return { ms, peakMegabytes, stallMs: Math.max(...stalls) };
    } finally {
      await program.stop("SIGTERM");
    }
  });
}

const headers = { authorization: "Bearer any", "content-type": "application/json" };

async function insertVisits(program: Program, body: Buffer, count: number): Promise<void> {
  const response = await fetch(new URL(`${visitPath}/rows`, program.url), { method: "POST", headers, body });
  const text = await response.text();
  if (response.status !== 201 || !text.includes(`"rowsAdded":${count}}`)) {
    throw new WrongResultError(`big body: ${response.status} ${text.slice(0, 500)}`);
  }
}

async function expectStored(program: Program, count: number): Promise<void> {
  const text = await (await fetch(new URL(visitPath, program.url), { headers })).text();
  if (!text.includes(`"numRows":${count},`)) throw new WrongResultError(`big body: ${count} rows in ${text}`);
}

function measureAlone(kind: PlaceKind, stage: Stage, count: number): Promise<number> {
  return lendDatabase(kind, stage, async ({ environment, database }) => {
    await database?.run(readTableStatements());
    const process = await startReference("visits-alone.ts", environment);
    try {
      const ms = await process.ask(count);
      if (typeof ms !== "number") throw new WrongResultError("big body: the reference stores nothing");
      return ms;
    } finally {
      await process.close();
    }
  });
}

function toRounds(ours: readonly number[], reference: readonly number[]): Rounds {
  const toRound = (figure: number) => ({ figure, cpuMs: undefined });
  return { ours: ours.map(toRound), reference: reference.map(toRound) };
}
