import { beforeEach, onTestFinished } from "vitest";
import { writeOperations } from "../../src/core/write.js";
import * as registry from "../../src/providers/registry.js";
import { sampleOf } from "../conformance/sample-of.js";
import { write } from "../conformance/write.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { createWaitlessClock } from "../service/waitless-clock.js";
import { remoteEnvironment } from "./bounds.js";
import { openHostileServer, type HostileServer } from "./hostile-server.js";
import { rawReply } from "./raw-reply.js";
import { learnWords, recordsFor, type ServiceWords } from "./service-words.js";
import { listenToEverything, type Told } from "./told.js";

export const providers = Object.values(registry);
export const words = await learnWords(providers, writeOperations);

/** A write that must not be repeated. */
export const insert = words.find((each) => !each.isRepeatable) ?? fail("no provider has such a write");

export function fail(message: string): never {
  throw new Error(message);
}

/** A hostile server for each test. */
export function useHostileServer(): () => HostileServer {
  let server: HostileServer | undefined;
  beforeEach(async () => {
    const opened = await openHostileServer();
    server = opened;
    onTestFinished(() => opened.close());
  });
  return () => server ?? fail("no test is running");
}

/** The program with all providers behind the server. */
export async function openRemoteApp(
  { port }: HostileServer,
  bounds: Readonly<Record<string, number>>,
): Promise<{ readonly app: OpenTestApp; readonly told: Told }> {
  const told = listenToEverything();
  const app = await openTestApp({
    ...{ providers, log: told.log, clock: createWaitlessClock() },
    environment: remoteEnvironment(providers, `http://127.0.0.1:${port}`, bounds),
  });
  return { app, told };
}

/** Writes the sample records, so many times over. */
export function writeTo(
  app: OpenTestApp,
  { provider, operation }: ServiceWords = insert,
  times = 1,
): ReturnType<typeof write> {
  const { target } = sampleOf(provider);
  const records = Array.from({ length: times }, () => recordsFor(provider)).flat();
  return write(app, { provider: provider.id, operation, target, records });
}

export function answerOf({ status, success }: ServiceWords): Buffer {
  return rawReply(status, JSON.stringify(success));
}

/** Bounds that no test reaches. */
export const slow = { HEADERS_TIMEOUT_MS: 20_000, CALL_TIMEOUT_MS: 20_000 };
