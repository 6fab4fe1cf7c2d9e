import { expect, test } from "vitest";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { answerOf, insert, openRemoteApp, providers, slow, useHostileServer, writeTo } from "./remote-app.js";

const server = useHostileServer();

const stateText =
  "query ($id: ID!) { recordProvider(id: $id) { mode upstreams { callsInFlight lastFailure { kind at } } } }";

async function stateOf(app: OpenTestApp, id: string): Promise<unknown> {
  const { data, errors } = await app.graphql(stateText, { id });
  expect(errors).toBeUndefined();
  return data?.["recordProvider"];
}

test("a provider tells the calls in flight, and the kind and time of the last failure", async () => {
  const { app } = await openRemoteApp(server(), slow);
  const { id } = insert.provider;
  const upstream = (callsInFlight: number, lastFailure: unknown) => ({
    mode: "REMOTE",
    upstreams: [{ callsInFlight, lastFailure }],
  });
  expect(await stateOf(app, id)).toEqual(upstream(0, null));
  let answer: (() => void) | undefined;
  server().become({ stores: () => true, answer: (socket) => (answer = () => void socket.resetAndDestroy()) });
  const [first, startedAt] = [writeTo(app), Date.now()];
  await expect.poll(() => server().seen.length).toBe(1);
  expect(await stateOf(app, id)).toEqual(upstream(1, null));
  answer?.();
  await first;
  const at = expect.any(String) as unknown;
  await expect.poll(() => stateOf(app, id)).toEqual(upstream(0, { kind: "UNAVAILABLE", at }));
  const told = JSON.stringify(await stateOf(app, id));
  const [, time = ""] = /"at":"([^"]*)"/.exec(told) ?? [];
  expect(Date.parse(time)).toBeGreaterThanOrEqual(startedAt - 1000);
  // A success does not change what was last wrong.
  server().become({ stores: () => true, answer: (socket) => void socket.write(answerOf(insert)) });
  await writeTo(app);
  expect(JSON.stringify(await stateOf(app, id))).toBe(told);
  await app.close();
});

test("an embedded provider has no upstreams", async () => {
  const app = await openTestApp({ providers });
  expect(await stateOf(app, insert.provider.id)).toEqual({ mode: "EMBEDDED", upstreams: [] });
  await app.close();
});
