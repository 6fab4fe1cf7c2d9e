import { afterEach, describe, expect, test } from "vitest";
import type { WriteRecords } from "../../src/application/write-records.js";
import { createKeySecret } from "../../src/application/access/key-secret.js";
import { ProviderFailure } from "../../src/core/failure.js";
import type { Log } from "../../src/core/log.js";
import type { Provider } from "../../src/contract/provider.js";
import * as registry from "../../src/providers/registry.js";
import { sampleOf } from "../conformance/sample-of.js";
import { write } from "../conformance/write.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { takeFindings } from "./scan.js";

const provider: Provider = registry.milvus;
const [marker, secret, host] = ["marked content of a record", "t0ken-of-the-service", "service-behind.test"];

let app: OpenTestApp;
afterEach(() => app.close());

/** The findings of a write whose use case fails in this way. */
async function findingsOf(fail: () => Error, log?: Log): Promise<readonly string[]> {
  const prefix = provider.id.toUpperCase();
  const environment = { [`${prefix}_BASE_URL`]: `https://${host}/api`, [`${prefix}_TOKEN`]: secret };
  const writeRecords: WriteRecords = () => Promise.reject(fail());
  app = await openTestApp({ providers: [provider], environment, useCases: { writeRecords }, ...(log && { log }) });
  const { target } = sampleOf(provider);
  const records = [{ name: marker }];
  await write(app, { provider: provider.id, operation: "insertRecords", target, records }).catch(() => undefined);
  return takeFindings();
}

function refusal(message: string): ProviderFailure {
  const details = {
    provider: provider.id,
    kind: "internal",
    retry: "no",
    outcome: "unknown",
    idempotent: false,
  } as const;
  return new ProviderFailure({ ...details, message });
}

const defects = [
  ["content of a record", marker],
  ["secret", secret],
  ["secret, encoded", Buffer.from(secret).toString("base64")],
  ["address", `https://${host}/api`],
  ["host", host],
  ["key", createKeySecret()],
] as const;

describe("the scan of the suite", () => {
  test.each(defects)("finds the %s in a log line, also below the level of the program", async (_name, leak) => {
    const findings = await findingsOf(() => new Error(`lost: ${leak}.`));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^log with /);
    expect(findings[0]).toContain(leak);
  });

  test("finds it in the lines of a log that the test brings", async () => {
    const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    expect(await findingsOf(() => new Error(marker), silent)).toHaveLength(1);
  });

  test.each(defects.slice(1))("finds the %s in an error of GraphQL", async (_name, leak) => {
    const findings = await findingsOf(() => refusal(`lost: ${leak}.`));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^error with /);
  });

  test("permits an error to name a value at fault, and a line without any of it", async () => {
    expect(await findingsOf(() => refusal(`the value '${marker}' is too long`))).toEqual([]);
    expect(await findingsOf(() => new Error(`${secret}s`))).toEqual([]);
  });

  const credential = "cr3dential-of-a-client";
  const headers = { authorization: `Bearer ${credential}`, "content-type": "application/json" };

  test("finds the credential of a request in an error of HTTP", async () => {
    app = await openTestApp();
    expect((await app.fetch(`/${credential}`, { headers })).status).toBe(404);
    expect(takeFindings()).toEqual([expect.stringContaining(`error with secret "${credential}"`)]);
  });

  test("finds it in an error of a face, which may have a status of success", async () => {
    app = await openTestApp();
    const body = JSON.stringify({ collectionName: credential, data: [{ id: 1 }] });
    const answered = await app.fetch("/milvus/v1/vector/insert", { method: "POST", headers, body });
    expect(answered.status).toBe(200);
    expect(takeFindings()).toEqual([expect.stringContaining(`error with secret "${credential}"`)]);
  });
});
