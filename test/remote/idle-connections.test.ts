import { afterAll, beforeAll, expect, test } from "vitest";
import type { OpenTestApp } from "../service/open-test-app.js";
import { openHostileServer, type HostileServer } from "./hostile-server.js";
import { answerOf, insert, openRemoteApp, words, writeTo } from "./remote-app.js";
import type { ServiceWords } from "./service-words.js";

/** A write that may be repeated. */
const repeatable = words.find((each) => each.isRepeatable);

let server: HostileServer;
let app: OpenTestApp;
beforeAll(async () => {
  server = await openHostileServer();
  ({ app } = await openRemoteApp(server, { HEADERS_TIMEOUT_MS: 5000, CALL_TIMEOUT_MS: 9000 }));
});
afterAll(async () => {
  await app.close();
  await server.close();
});

/** Writes one after the other to a service that closes each connection 0 to 20 ms after its answer. */
async function writeInTurn(spoken: ServiceWords | undefined, times: number): Promise<readonly string[]> {
  if (spoken === undefined) throw new Error("no provider has such a write");
  const answer = answerOf(spoken);
  server.become({
    stores: () => true,
    answer: (socket, _request, index) => {
      socket.write(answer);
      setTimeout(() => socket.destroy(), index % 21);
    },
  });
  const outcomes: string[] = [];
  for (let count = 0; count < times; count += 1) {
    const result = await writeTo(app, spoken);
    outcomes.push(typeof result["outcome"] === "string" ? result["outcome"] : "success");
  }
  return outcomes;
}

test("150 inserts to a service that closes idle connections: at most one has an unknown outcome, and none is doubled", async () => {
  const outcomes = await writeInTurn(insert, 150);
  const unknown = outcomes.filter((outcome) => outcome === "UNKNOWN").length;
  console.log(`150 inserts: ${unknown} with an unknown outcome, ${server.stored.length} stored`);
  expect(outcomes.filter((outcome) => outcome !== "UNKNOWN" && outcome !== "success")).toEqual([]);
  expect(unknown).toBeLessThanOrEqual(1);
  expect(server.stored.length).toBeLessThanOrEqual(150);
  expect(server.stored.length).toBeGreaterThanOrEqual(150 - unknown);
});

test("writes that may be repeated all succeed", async () => {
  expect(new Set(await writeInTurn(repeatable, 60))).toEqual(new Set(["success"]));
});
