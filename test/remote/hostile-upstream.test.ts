import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeOperations } from "../../src/core/write.js";
import { isJsonObject } from "../../src/json/value.js";
import * as registry from "../../src/providers/registry.js";
import { sampleOf } from "../conformance/sample-of.js";
import { write } from "../conformance/write.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { createWaitlessClock } from "../service/waitless-clock.js";
import { behaviours, type Outcome } from "./behaviours.js";
import { remoteEnvironment, secret } from "./bounds.js";
import { openHostileServer, type HostileServer } from "./hostile-server.js";
import { measureGrowth } from "./memory.js";
import type { RawRequest } from "./raw-requests.js";
import { learnWords, recordsFor, type ServiceWords } from "./service-words.js";
import { printTable, type Row } from "./table.js";
import { listenToEverything } from "./told.js";

const providers = Object.values(registry);
const words = await learnWords(providers, writeOperations);
const told = listenToEverything();
const rows: Row[] = [];

/** How many MB a reply may cost that is larger than every bound. */
const maxGrowthMb = 32;

async function openApp(baseUrl: string): Promise<OpenTestApp> {
  return openTestApp({
    ...{ providers, log: told.log, clock: createWaitlessClock() },
    // Of tasks that were accepted: test/remote/tasks.test.ts.
    environment: { ...remoteEnvironment(providers, baseUrl), ALTATECH_TASK_POLLS: "1" },
  });
}

/** Writes, and adds a row to the table. */
async function play(
  app: OpenTestApp,
  server: HostileServer | undefined,
  behaviour: string,
  spoken: ServiceWords,
): Promise<Row> {
  const { provider, operation } = spoken;
  const startedAt = performance.now();
  const { target } = sampleOf(provider);
  const input = { provider: provider.id, operation, target, records: recordsFor(provider) };
  const { result, growthMb } = await measureGrowth(() => write(app, input));
  const wallMs = Math.round(performance.now() - startedAt);
  told.note(result);
  await app.settleTasks();
  await settleSockets(server);
  const type = String(result["__typename"]);
  const upstream = isJsonObject(result["upstream"]) ? result["upstream"] : {};
  const row: Row = {
    ...{ behaviour, write: `${provider.id} ${operation}`, type },
    outcome: type.endsWith("Error") ? (String(result["outcome"]) as Outcome) : "success",
    safeToResend: result["safeToResend"] === true,
    ...{ requests: writesOf(server?.seen).length, stored: copiesIn(server, spoken) },
    sockets: server?.openSockets() ?? 0,
    ...{ growthMb, wallMs, message: textOf(result["message"]), upstream: textOf(upstream["message"]) },
  };
  rows.push(row);
  return row;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A closed connection is known a moment later. */
async function settleSockets(server: HostileServer | undefined): Promise<void> {
  for (let tries = 0; tries < 50 && (server?.openSockets() ?? 0) > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Without the questions for the end of a task that was accepted. */
function writesOf(requests: readonly RawRequest[] = []): readonly RawRequest[] {
  return requests.filter(({ method }) => method !== "GET");
}

/** How many times the service has the records: a repeat of the very same request counts once where it can. */
function copiesIn(server: HostileServer | undefined, { isRepeatable }: ServiceWords): number {
  const stored = writesOf(server?.stored);
  return isRepeatable ? new Set(stored.map(({ target, body }) => target + body)).size : stored.length;
}

function expectHonest(row: Row, { isIdempotent }: ServiceWords): void {
  expect(row.stored, "copies").toBeLessThanOrEqual(1);
  if (row.stored > 0) expect(row.outcome, "stored").not.toBe("NOT_APPLIED");
  else expect(row.outcome, "not stored").not.toBe("success");
  // A repeat of a stored request must not add a second copy.
  if (row.safeToResend) expect(row.stored === 0 || isIdempotent, "safe to resend").toBe(true);
  if (row.outcome === "UNKNOWN" && !isIdempotent) expect(row.safeToResend).toBe(false);
  // An attempt may open a second connection before the first one is free again.
  expect(row.sockets, "sockets").toBeLessThanOrEqual(2);
  expect(row.growthMb, "growth of memory").toBeLessThan(maxGrowthMb);
}

afterAll(() => printTable(rows));

describe("a hostile service", () => {
  let server: HostileServer;
  let app: OpenTestApp;
  beforeAll(async () => {
    server = await openHostileServer();
    app = await openApp(`http://127.0.0.1:${server.port}`);
  });
  afterAll(async () => {
    await app.close();
    await settleSockets(server);
    expect(server.openSockets()).toBe(0);
    await server.close();
  });

  describe.each(words.map((spoken) => ({ spoken, name: `${spoken.provider.id} ${spoken.operation}` })))(
    "$name",
    ({ spoken }) => {
      test.each(behaviours.map((behaviour) => ({ behaviour, name: behaviour.name })))(
        "$name",
        async ({ behaviour, name }) => {
          server.become(behaviour.hostility(spoken));
          const row = await play(app, server, name, spoken);
          expectHonest(row, spoken);
          expect(behaviour.told).toContain(row.outcome);
          // Nothing goes to another place than the contract's.
          expect(server.seen.filter(({ target }) => target.includes("elsewhere"))).toEqual([]);
          if (!spoken.isRepeatable && row.outcome !== "NOT_APPLIED") expect(row.requests).toBe(behaviour.requests ?? 1);
          else expect(row.requests).toBeLessThanOrEqual(3);
          server.cut();
        },
      );
    },
  );
});

describe.each([
  { name: "connection refused", baseUrl: () => `http://127.0.0.1:1`, cause: "the connection was refused" },
  { name: "DNS failure", baseUrl: () => "http://recordgate-test.invalid", cause: "the host name" },
  {
    name: "self-signed certificate",
    tls: true as const,
    baseUrl: (port: number) => `https://127.0.0.1:${port}`,
    cause: "self-signed",
  },
  {
    name: "TLS to a plain server",
    baseUrl: (port: number) => `https://127.0.0.1:${port}`,
    cause: "the TLS handshake failed",
  },
])("$name", ({ name, baseUrl, cause, tls }) => {
  let server: HostileServer;
  let app: OpenTestApp;
  beforeAll(async () => {
    server = await openHostileServer({ tls });
    server.become({
      onConnection: (socket) => {
        if (tls === undefined) socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
      },
    });
    app = await openApp(baseUrl(server.port));
  });
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  test.each(words.map((spoken) => ({ spoken, write: `${spoken.provider.id} ${spoken.operation}` })))(
    "$write is not applied, and the message says why",
    async ({ spoken }) => {
      const row = await play(app, server, name, spoken);
      expectHonest(row, spoken);
      expect(row).toMatchObject({
        outcome: "NOT_APPLIED",
        requests: 0,
        type: "WriteUnavailableError",
        safeToResend: true,
      });
      expect(row.message).toContain(cause);
    },
  );
});

test("neither the secret, nor an address, nor a record is told to a caller or to the log", () => {
  const texts = providers.flatMap((provider) =>
    recordsFor(provider).flatMap((record) =>
      Object.values(record).filter((value) => typeof value === "string" && value.length > 5),
    ),
  );
  expect(told.lines.length).toBeGreaterThan(words.length * behaviours.length);
  expect(told.leaks([secret, "127.0.0.1", "recordgate-test.invalid"])).toEqual([]);
  expect(texts.length).toBeGreaterThan(providers.length);
  expect(told.leaks(texts.map(String))).toEqual([]);
});
