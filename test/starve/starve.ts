import type { Program } from "../e2e/program.js";
import { type Attack, poll, readPeakMemory, send } from "./program-under-load.js";
import { largeTarget, target } from "./attacks.js";

/** What an attack was answered, and what another client has noticed of it. Times are in milliseconds. */
export interface Outcome {
  readonly name: string;
  readonly answer: string;
  /** Why the answer is not the expected one; absent for the expected one. */
  readonly fault?: string;
  readonly ms: number;
  readonly typename: number;
  readonly health: number;
  readonly insert: number;
  readonly peakMegabytes: number | undefined;
}

/** Small writes before the first attack. */
const warmUps = 300;

const smallInsert = `mutation ($id: Int!) { insertRecords(input: { target: ${target}, records: [{ id: $id, title: "small", vector: [1, 0, 0, 0], year: 1 }] }) { __typename ... on WriteError { message } } }`;

const largeInsert = `mutation ($records: [JSONObject!]!) { insertRecords(input: { target: ${largeTarget}, records: $records }) { __typename } }`;

/** Fills the collection that the attacks read. */
export async function prepare({ url }: Program): Promise<void> {
  const records = Array.from({ length: 1000 }, (_item, id) => ({
    id,
    title: `title ${id}`,
    vector: [0, 0, 0, 1],
    year: 1,
  }));
  const query = `mutation ($records: [JSONObject!]!) { insertRecords(input: { target: ${target}, records: $records }) { __typename } }`;
  const answer = await send(url, { body: JSON.stringify({ query, variables: { records } }) });
  expectText(answer, "InsertRecordsSuccess");
  for (let batch = 0; batch < 10; batch += 1) {
    const large = Array.from({ length: 100 }, () => ({ name: "x".repeat(100_000) }));
    const stored = await send(url, { body: JSON.stringify({ query: largeInsert, variables: { records: large } }) });
    expectText(stored, "InsertRecordsSuccess");
  }
  // A program that has just started compiles what it runs.
  for (let round = 0; round < warmUps; round += 1)
    await post(url, { query: smallInsert, variables: { id: 2_000_000 + round } });
}

/** Fires one attack while another client goes on with small requests. @throws Error when one of these fails */
export async function starve(program: Program, attack: Attack): Promise<Outcome> {
  const { url, pid } = program;
  const { name, query, variables, leavesAfterMs, times = 1 } = attack;
  // Before the other client begins: it shares this process.
  const body = JSON.stringify({ query, variables });
  let id = 1_000_000;
  const polls = {
    typename: poll(async () => expectText(await post(url, { query: "{ __typename }" }), '"Query"')),
    health: poll(async () => expectText(await send(new URL("/health", url).href), '"ok"')),
    insert: poll(async () =>
      expectText(await post(url, { query: smallInsert, variables: { id: (id += 1) } }), "InsertRecordsSuccess"),
    ),
  };
  const startedAt = performance.now();
  const answers = await Promise.all(
    Array.from({ length: times }, () => send(url, { body, ...(leavesAfterMs !== undefined && { leavesAfterMs }) })),
  );
  const ms = performance.now() - startedAt;
  // What a client that left has begun would go on meanwhile.
  if (leavesAfterMs !== undefined) await new Promise((resolve) => setTimeout(resolve, 300));
  const [typename, health, insert] = await Promise.all([polls.typename(), polls.health(), polls.insert()]);
  const judged = answers.map((answer) => judge(attack, answer?.body));
  const worst = judged.find(({ fault }) => fault !== undefined) ?? judged[0] ?? { answer: "none" };
  return { name, ...worst, ms, typename, health, insert, peakMegabytes: readPeakMemory(pid) };
}

function judge({ refusedBy, leavesAfterMs }: Attack, body: string | undefined): Pick<Outcome, "answer" | "fault"> {
  if (body === undefined)
    return { answer: "left", ...(leavesAfterMs === undefined && { fault: "there was no answer" }) };
  const [, which] = /"OPERATION_LIMIT_EXCEEDED","which":"(\w+)"/.exec(body) ?? [];
  const answer = which === undefined ? (body.startsWith('{"data"') ? "data" : body.slice(0, 80)) : `refused: ${which}`;
  const expected = refusedBy === undefined ? "data" : `refused: ${refusedBy}`;
  if (leavesAfterMs !== undefined || answer === expected) return { answer };
  return { answer, fault: `${expected} was expected` };
}

function post(url: string, operation: object): ReturnType<typeof send> {
  return send(url, { body: JSON.stringify(operation) });
}

function expectText(answer: Awaited<ReturnType<typeof send>>, text: string): void {
  if (answer?.status !== 200 || !answer.body.includes(text))
    throw new Error(`another client got ${answer?.status ?? "nothing"}: ${answer?.body.slice(0, 200) ?? ""}`);
}
