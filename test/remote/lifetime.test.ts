import { describe, expect, test } from "vitest";
import { sampleOf } from "../conformance/sample-of.js";
import type { OpenTestApp } from "../service/open-test-app.js";
import { secret } from "./bounds.js";
import { answerOf, fail, insert, openRemoteApp, slow, useHostileServer, words, writeTo } from "./remote-app.js";
import { recordsFor } from "./service-words.js";

const server = useHostileServer();
const open = (bounds: Readonly<Record<string, number>>) => openRemoteApp(server(), bounds);

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
  expect(server().seen).toEqual([]);
});

describe("the caller's deadline", () => {
  test("answers while the call runs on, and the outcome of the call is logged", async () => {
    const { app, told } = await open({ ...slow, DEADLINE_MS: 150 });
    let answer: (() => void) | undefined;
    server().become({ stores: () => true, answer: (socket) => (answer = () => void socket.write(answerOf(insert))) });
    const result = await writeTo(app);
    expect(result).toMatchObject({ __typename: "WriteTimeoutError", outcome: "UNKNOWN", safeToResend: false });

    await expect.poll(() => server().seen.length).toBe(1);
    expect(server().openSockets()).toBe(1);
    answer?.();
    await expect.poll(() => told.lines.join("")).toContain("ended after its caller was answered");
    expect(told.lines.find((line) => line.includes("ended after"))).toContain('"outcome":"applied"');
    expect(told.lines.find((line) => line.includes("failed"))).toContain('"outcome":"unknown"');
    await app.close();
  });

  test("is not passed by a wait: the failure tells how long to wait", async () => {
    const { app } = await open({ DEADLINE_MS: 5000 });
    server().become({
      answer: (socket) => void socket.write("HTTP/1.1 429 Status\r\nretry-after: 60\r\ncontent-length: 0\r\n\r\n"),
    });
    expect(await writeTo(app)).toMatchObject({
      __typename: "WriteRateLimitedError",
      retryAfterMs: 60_000,
      outcome: "NOT_APPLIED",
    });
    expect(server().seen).toHaveLength(1);
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
  server().become({
    stores: () => true,
    answer: (socket) => void answers.push(() => void socket.write(answerOf(insert))),
  });
  const [first, second] = [new AbortController(), new AbortController()];
  const sent = [sendOverHttp(app, first.signal), sendOverHttp(app, second.signal)].map((each) =>
    each.catch(() => undefined),
  );
  await expect.poll(() => server().seen.length).toBe(1);
  const third = sendOverHttp(app);
  second.abort();
  first.abort();
  await Promise.all(sent);
  await expect.poll(() => told.lines.join("")).toMatch(/"attempts":1,.*failed/);
  answers[0]?.();
  await expect.poll(() => server().seen.length).toBe(2);
  answers[1]?.();
  expect(await (await third).json()).toMatchObject({ data: { insertRecords: { __typename: insertedType } } });
  await app.close();
  expect(server().stored).toHaveLength(2);
});

const insertedType = expect.stringMatching(/^InsertRecords(Success|Accepted)$/) as unknown;

test("too many waiting calls are refused, and leave nothing behind", async () => {
  const { app } = await open({ ...slow, CONCURRENCY: 1, MAX_WAITING: 0 });
  let answer: (() => void) | undefined;
  server().become({ answer: (socket) => (answer = () => void socket.write(answerOf(insert))) });
  const first = writeTo(app);
  await expect.poll(() => server().seen.length).toBe(1);
  expect(await writeTo(app)).toMatchObject({
    __typename: "WriteUnavailableError",
    outcome: "NOT_APPLIED",
    safeToResend: true,
  });
  answer?.();
  await first;
  expect(server().seen.length).toBe(1);
  await app.close();
});

test("a stop waits for a call in flight, up to the time-out of the call", async () => {
  const { app } = await open({ HEADERS_TIMEOUT_MS: 500, CALL_TIMEOUT_MS: 600 });
  server().become({ stores: () => true });
  const response = sendOverHttp(app);
  await expect.poll(() => server().seen.length).toBe(1);
  await app.close();
  expect(await (await response).json()).toMatchObject({ data: { insertRecords: { outcome: "UNKNOWN" } } });
  await expect.poll(() => server().openSockets()).toBe(0);
});

test("a stop that does not wait answers what is in flight, and a call that waits for its turn does not leave", async () => {
  const { app, told } = await open({ ...slow, CONCURRENCY: 1 });
  server().become({ stores: () => true });
  // Without HTTP a stop does not wait for callers.
  const [first, second] = [writeTo(app), writeTo(app)];
  await expect.poll(() => server().seen.length).toBe(1);
  await app.close();
  expect([await first, await second]).toMatchObject([
    { __typename: "WriteUnavailableError", outcome: "UNKNOWN", safeToResend: false },
    { __typename: "WriteUnavailableError", outcome: "NOT_APPLIED", safeToResend: true },
  ]);
  expect(server().seen).toHaveLength(1);
  await expect.poll(() => server().openSockets()).toBe(0);
  const outcomes = told.lines.flatMap((line) => /"outcome":"([a-z-]+)".*service failed/.exec(line)?.[1] ?? []);
  expect(outcomes.toSorted()).toEqual(["not-applied", "unknown"]);
});

test("start and /health do not depend on an upstream", async () => {
  await server().close();
  const { app } = await open({});
  expect((await app.fetch("/health")).status).toBe(200);
  expect(await writeTo(app)).toMatchObject({ outcome: "NOT_APPLIED" });
  expect((await app.fetch("/health")).status).toBe(200);
  await app.close();
});

test("a failed call is one log line, without the secret, the address and the records", async () => {
  const { app, told } = await open({});
  server().become({ stores: () => true, answer: (socket) => void socket.resetAndDestroy() });
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
