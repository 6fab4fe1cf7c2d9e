import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { writeOperations } from "../../src/core/write.js";
import * as registry from "../../src/providers/registry.js";
import { sampleOf } from "../conformance/sample-of.js";
import { write } from "../conformance/write.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { createWaitlessClock } from "../service/waitless-clock.js";
import { remoteEnvironment, secret } from "./bounds.js";
import { openHostileServer, type HostileServer } from "./hostile-server.js";
import { learnWords, recordsFor, type ServiceWords } from "./service-words.js";
import { listenToEverything, type Told } from "./told.js";

const providers = Object.values(registry);
const words = await learnWords(providers, writeOperations);
const insert = words.find((each) => !each.isRepeatable) ?? fail("no provider has such a write");

function fail(message: string): never {
  throw new Error(message);
}

let server: HostileServer;
beforeEach(async () => {
  server = await openHostileServer();
  onTestFinished(() => server.close());
});

async function open(
  bounds: Readonly<Record<string, number>>,
): Promise<{ readonly app: OpenTestApp; readonly told: Told }> {
  const told = listenToEverything();
  const app = await openTestApp({
    ...{ providers, log: told.log, clock: createWaitlessClock() },
    environment: remoteEnvironment(providers, `http://127.0.0.1:${server.port}`, bounds),
  });
  return { app, told };
}

function writeTo(app: OpenTestApp, { provider, operation }: ServiceWords = insert, times = 1) {
  const { target } = sampleOf(provider);
  const records = Array.from({ length: times }, () => recordsFor(provider)).flat();
  return write(app, { provider: provider.id, operation, target, records });
}

function answerOf({ status, success }: ServiceWords): string {
  const text = JSON.stringify(success);
  return `HTTP/1.1 ${status} Status\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

const slow = { HEADERS_TIMEOUT_MS: 20_000, CALL_TIMEOUT_MS: 20_000 };

test.each(
  words.filter(({ provider: { contracts }, operation }) =>
    contracts.some(
      (each) =>
        each.operation === operation && each.limits.some(({ unit, max }) => unit === "records" && max !== undefined),
    ),
  ),
)("a limit of the contract of $provider.id is checked before sending: $operation", async (spoken) => {
  const { app } = await open({});
  const max = spoken.provider.contracts
    .filter(({ operation }) => operation === spoken.operation)
    .flatMap(({ limits }) => limits.flatMap(({ unit, max: most = 0 }) => (unit === "records" ? [most] : [])));
  const result = await writeTo(app, spoken, Math.ceil((Math.max(...max) + 1) / recordsFor(spoken.provider).length));
  await app.close();
  expect(result).toMatchObject({ outcome: "NOT_APPLIED", upstream: null });
  expect(String(result["message"])).toContain(String(max[0]));
  expect(server.seen).toEqual([]);
});

describe("the caller's deadline", () => {
  test("answers while the call runs on, and the outcome of the call is logged", async () => {
    const { app, told } = await open({ ...slow, DEADLINE_MS: 150 });
    let answer: (() => void) | undefined;
    server.become({ stores: () => true, answer: (socket) => (answer = () => void socket.write(answerOf(insert))) });
    const result = await writeTo(app);
    expect(result).toMatchObject({ __typename: "WriteTimeoutError", outcome: "UNKNOWN", safeToResend: false });
    // The first call loads the HTTP client, which may take longer than the deadline.
    await expect.poll(() => server.seen.length).toBe(1);
    expect(server.openSockets()).toBe(1);
    answer?.();
    await expect.poll(() => told.lines.join("")).toContain("ended after its caller was answered");
    expect(told.lines.find((line) => line.includes("ended after"))).toContain('"outcome":"applied"');
    expect(told.lines.find((line) => line.includes("failed"))).toContain('"outcome":"unknown"');
    await app.close();
  });

  test("is not passed by a wait: the failure tells how long to wait", async () => {
    const { app } = await open({ DEADLINE_MS: 5000 });
    server.become({
      answer: (socket) => void socket.write("HTTP/1.1 429 Status\r\nretry-after: 60\r\ncontent-length: 0\r\n\r\n"),
    });
    expect(await writeTo(app)).toMatchObject({
      __typename: "WriteRateLimitedError",
      retryAfterMs: 60_000,
      outcome: "NOT_APPLIED",
    });
    expect(server.seen).toHaveLength(1);
    await app.close();
  });
});

/** Sends a write over HTTP, as a caller that may leave. */
async function sendOverHttp(app: OpenTestApp, signal?: AbortSignal): Promise<Response> {
  const { provider, operation } = insert;
  const query =
    "mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { __typename ... on WriteError { outcome message } } }";
  if (operation !== "insertRecords") fail("the write is an insert");
  const input = { target: { [provider.id]: sampleOf(provider).target }, records: recordsFor(provider) };
  return app.fetch("/graphql", {
    ...{ method: "POST", headers: { "content-type": "application/json" }, signal: signal ?? null },
    body: JSON.stringify({ query, variables: { input } }),
  });
}

test("a queued call is dropped when its caller leaves, and one that has begun goes on", async () => {
  const { app, told } = await open({ ...slow, CONCURRENCY: 1 });
  const answers: (() => void)[] = [];
  server.become({
    stores: () => true,
    answer: (socket) => void answers.push(() => void socket.write(answerOf(insert))),
  });
  const [first, second] = [new AbortController(), new AbortController()];
  const sent = [sendOverHttp(app, first.signal), sendOverHttp(app, second.signal)].map((each) =>
    each.catch(() => undefined),
  );
  await expect.poll(() => server.seen.length).toBe(1);
  const third = sendOverHttp(app);
  second.abort();
  first.abort();
  await Promise.all(sent);
  await expect.poll(() => told.lines.join("")).toMatch(/"attempts":1,.*failed/);
  answers[0]?.();
  await expect.poll(() => server.seen.length).toBe(2);
  answers[1]?.();
  expect(await (await third).json()).toMatchObject({ data: { insertRecords: { __typename: insertedType } } });
  await app.close();
  expect(server.stored).toHaveLength(2);
});

const insertedType = expect.stringMatching(/^InsertRecords(Success|Accepted)$/) as unknown;

const stateText =
  "query ($id: ID!) { recordProvider(id: $id) { mode upstreams { callsInFlight lastFailure { kind at } } } }";

async function stateOf(app: OpenTestApp, id: string): Promise<unknown> {
  const { data, errors } = await app.graphql(stateText, { id });
  expect(errors).toBeUndefined();
  return data?.["recordProvider"];
}

test("a provider tells the calls in flight, and the kind and time of the last failure", async () => {
  const { app } = await open(slow);
  const { id } = insert.provider;
  const upstream = (callsInFlight: number, lastFailure: unknown) => ({
    mode: "REMOTE",
    upstreams: [{ callsInFlight, lastFailure }],
  });
  expect(await stateOf(app, id)).toEqual(upstream(0, null));
  let answer: (() => void) | undefined;
  server.become({ stores: () => true, answer: (socket) => (answer = () => void socket.resetAndDestroy()) });
  const [first, startedAt] = [writeTo(app), Date.now()];
  await expect.poll(() => server.seen.length).toBe(1);
  expect(await stateOf(app, id)).toEqual(upstream(1, null));
  answer?.();
  await first;
  const at = expect.any(String) as unknown;
  await expect.poll(() => stateOf(app, id)).toEqual(upstream(0, { kind: "UNAVAILABLE", at }));
  const told = JSON.stringify(await stateOf(app, id));
  const [, time = ""] = /"at":"([^"]*)"/.exec(told) ?? [];
  expect(Date.parse(time)).toBeGreaterThanOrEqual(startedAt - 1000);
  // A success does not change what was last wrong.
  server.become({ stores: () => true, answer: (socket) => void socket.write(answerOf(insert)) });
  await writeTo(app);
  expect(JSON.stringify(await stateOf(app, id))).toBe(told);
  await app.close();
});

test("an embedded provider has no upstreams", async () => {
  const app = await openTestApp({ providers });
  expect(await stateOf(app, insert.provider.id)).toEqual({ mode: "EMBEDDED", upstreams: [] });
  await app.close();
});

test("too many waiting calls are refused, and leave nothing behind", async () => {
  const { app } = await open({ ...slow, CONCURRENCY: 1, MAX_WAITING: 0 });
  let answer: (() => void) | undefined;
  server.become({ answer: (socket) => (answer = () => void socket.write(answerOf(insert))) });
  const first = writeTo(app);
  await expect.poll(() => server.seen.length).toBe(1);
  expect(await writeTo(app)).toMatchObject({
    __typename: "WriteUnavailableError",
    outcome: "NOT_APPLIED",
    safeToResend: true,
  });
  answer?.();
  await first;
  expect(server.seen.length).toBe(1);
  await app.close();
});

test("a stop waits for a call in flight, up to the time-out of the call", async () => {
  const { app } = await open({ HEADERS_TIMEOUT_MS: 500, CALL_TIMEOUT_MS: 600 });
  server.become({ stores: () => true });
  const response = sendOverHttp(app);
  await expect.poll(() => server.seen.length).toBe(1);
  await app.close();
  expect(await (await response).json()).toMatchObject({ data: { insertRecords: { outcome: "UNKNOWN" } } });
  await expect.poll(() => server.openSockets()).toBe(0);
});

test("start and /health do not depend on an upstream", async () => {
  await server.close();
  const { app } = await open({});
  expect((await app.fetch("/health")).status).toBe(200);
  expect(await writeTo(app)).toMatchObject({ outcome: "NOT_APPLIED" });
  expect((await app.fetch("/health")).status).toBe(200);
  await app.close();
});

test("a failed call is one log line, without the secret, the address and the records", async () => {
  const { app, told } = await open({});
  server.become({ stores: () => true, answer: (socket) => void socket.resetAndDestroy() });
  await writeTo(app);
  await app.close();
  const lines = told.lines.filter((line) => line.includes("a call to a remote service failed"));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    ...{ provider: insert.provider.id, kind: "unavailable", outcome: "unknown", attempts: 1 },
    ...{
      operation: expect.any(String) as unknown,
      cause: expect.any(String) as unknown,
      requestId: expect.any(String) as unknown,
      durationMs: expect.any(Number) as unknown,
    },
  });
  expect(told.leaks([secret, "127.0.0.1"])).toEqual([]);
});
