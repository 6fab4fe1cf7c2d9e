import { afterAll, beforeAll, expect, test } from "vitest";
import { writeOperations } from "../../src/core/write.js";
import * as registry from "../../src/providers/registry.js";
import { sampleOf } from "../conformance/sample-of.js";
import { write } from "../conformance/write.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { createWaitlessClock } from "../service/waitless-clock.js";
import { remoteEnvironment } from "./bounds.js";
import { openHostileServer, type HostileServer } from "./hostile-server.js";
import { learnWords, recordsFor, type ServiceWords } from "./service-words.js";

const providers = Object.values(registry);
const words = await learnWords(providers, writeOperations);

/** An insert that must not be repeated, and a write that may be. */
const [insert, repeatable] = [words.find((each) => !each.isRepeatable), words.find((each) => each.isRepeatable)];

let server: HostileServer;
let app: OpenTestApp;
beforeAll(async () => {
  server = await openHostileServer();
  app = await openTestApp({
    ...{ providers, clock: createWaitlessClock() },
    environment: remoteEnvironment(providers, `http://127.0.0.1:${server.port}`, {
      HEADERS_TIMEOUT_MS: 5000,
      CALL_TIMEOUT_MS: 9000,
    }),
  });
});
afterAll(async () => {
  await app.close();
  await server.close();
});

/** Writes one after the other to a service that closes each connection 0 to 20 ms after its answer. */
async function writeInTurn(spoken: ServiceWords | undefined, times: number): Promise<readonly string[]> {
  if (spoken === undefined) throw new Error("no provider has such a write");
  const { provider, operation, status, success } = spoken;
  const text = JSON.stringify(success);
  server.become({
    stores: () => true,
    answer: (socket, _request, index) => {
      socket.write(
        `HTTP/1.1 ${status} Status\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      );
      setTimeout(() => socket.destroy(), index % 21);
    },
  });
  const outcomes: string[] = [];
  for (let count = 0; count < times; count += 1) {
    const { target } = sampleOf(provider);
    const result = await write(app, { provider: provider.id, operation, target, records: recordsFor(provider) });
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
