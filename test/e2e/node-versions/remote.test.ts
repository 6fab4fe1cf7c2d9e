import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as registry from "../../../src/providers/registry.js";
import { sampleOf } from "../../conformance/sample-of.js";
import { behaviours } from "../../remote/behaviours.js";
import { remoteEnvironment, secret } from "../../remote/bounds.js";
import { openHostileServer, type HostileServer } from "../../remote/hostile-server.js";
import { learnWords } from "../../remote/service-words.js";
import { errorFields, request, resultOf } from "../graphql-request.js";
import { startProgram, type Program } from "../program.js";
import { binaryOf, supportedNodes } from "./versions.js";

const provider = registry.redivis;
const [words] = await learnWords([provider], ["insertRecords"]);
/** Replies at which HTTP clients of some versions hang, past their own time-outs. */
const hanging = behaviours.filter(({ name }) =>
  ["false gzip in two segments", "half a body, then silence", "slow drip"].includes(name),
);

/** The first call also loads the HTTP client. */
const bounds = { HEADERS_TIMEOUT_MS: 3000, BODY_TIMEOUT_MS: 1000, CALL_TIMEOUT_MS: 4000 };

describe.each(supportedNodes)("on %s, a call of a real service", (node) => {
  let server: HostileServer;
  let program: Program;
  beforeAll(async () => {
    server = await openHostileServer();
    const environment = remoteEnvironment([provider], `http://127.0.0.1:${server.port}`, bounds);
    program = await startProgram({ DATABASE_URL: "memory:", ...environment }, { node: binaryOf(node) });
  });
  afterAll(async () => {
    expect(await program.stop("SIGTERM")).toBe(0);
    await server.close();
    const told = program.output.slice(1).filter((line) => line.startsWith("{"));
    expect(told).toHaveLength(hanging.length);
    expect(told.filter((line) => [secret, "127.0.0.1"].some((text) => line.includes(text)))).toEqual([]);
  });

  test.each(hanging.map((behaviour) => ({ ...behaviour })))(
    "ends by a timer of its own: $name",
    async ({ hostility }) => {
      if (words === undefined) throw new Error("the provider inserts nothing");
      server.become(hostility(words));
      const { target, records } = sampleOf(provider);
      const query = `mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { __typename ${errorFields} } }`;
      const startedAt = performance.now();
      const result = resultOf(
        await request(program.url, query, { input: { target: { [provider.id]: target }, records } }),
      );
      expect(result).toMatchObject({ outcome: "UNKNOWN", safeToResend: false });
      // The program was given 4 s for a call; the rest is the machine's.
      expect(performance.now() - startedAt).toBeLessThan(30_000);
      expect([server.seen.length, server.stored.length]).toEqual([1, 1]);
      server.cut();
    },
  );
});
