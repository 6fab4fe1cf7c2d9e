import { RequestScope, systemRequest } from "../../src/core/request-scope.js";
import type { Transport } from "../../src/contract/message.js";
import { describe, expect, test } from "vitest";
import { findRowOfReply } from "../../src/contract/failures/row-of-reply.js";
import type { RateLimiter } from "../../src/core/access/rate-limit.js";
import { createConnect } from "../../src/contract/client/client.js";
import type { ContractRequest } from "../../src/contract/message.js";
import * as registry from "../../src/providers/registry.js";
import { createKeySecret } from "../../src/application/access/key-secret.js";
import { useApp } from "../service/use-app.js";
import { requestTo } from "./request-to.js";
import { sampleOf } from "./sample-of.js";

const day = 86_400;

const app = useApp({
  environment: { AUTHORIZATION: "on", KEY_REQUESTS_PER_SECOND: "100000", KEY_RECORDS_PER_SECOND: "1" },
});

/** A new key for everything. */
async function createKey(): Promise<{ readonly id: string; readonly secret: string }> {
  const secret = createKeySecret();
  const { id } = await app().store.keys.createKey({ name: "tester", secret, scopes: [{}] });
  return { id, secret };
}

const requestRate = (): RateLimiter => app().store.rates.open({ name: "requests", perSecond: 100_000 });

describe.each(Object.values(registry))("a key of $id that has used up its rate", (provider) => {
  const send = (request: ContractRequest) => app().router(provider.id)(request, new AbortController().signal);

  test.each(provider.contracts.filter((contract) => contract.public !== true))(
    "is told to repeat later: $name",
    async (contract) => {
      const { id, secret } = await createKey();
      await requestRate().take(id, 100_000 * day);
      const request = { ...requestTo(contract), headers: contract.dialect.credentials.write(secret) };
      const receive = () => Promise.reject(new Error("the body is read before the request is counted"));
      const reply = await send({ ...request, body: { kind: "pending", receive } });
      expect(Number(reply.headers["retry-after"])).toBeGreaterThan(day - 600);
      if (contract.method !== "HEAD")
        expect(findRowOfReply(contract, reply)).toMatchObject({ kind: "rate-limited", retry: "yes" });
    },
  );

  test.each(provider.contracts.filter(({ operation }) => operation !== undefined))(
    "stores records as long as it has records left: $name",
    async (contract) => {
      const { target, records, definition } = sampleOf(provider);
      const { operation = "insertRecords" } = contract;
      const { id, secret } = await createKey();
      const collection = await app().manageCollections.create(systemRequest, provider.id, definition);
      try {
        const headers = contract.dialect.credentials.write(secret);
        const withSecret: Transport = (request) => send({ ...request, headers: { ...request.headers, ...headers } });
        const dataSource = provider.createDataSource(
          createConnect({ provider: provider.id, transport: withSecret, settings: {} }),
          { ids: { uuid: () => crypto.randomUUID(), hex: () => "0", alphanumeric: () => "a" }, settings: {} },
        );
        const { signal } = new AbortController();
        const write = dataSource[operation];
        if (write === undefined) throw new Error(`${provider.id} has no ${operation}`);
        // Lasts as many seconds as there are records.
        const caps = contract.limits.flatMap(({ unit, max }) => (unit === "records" && max !== undefined ? [max] : []));
        const many = Array.from({ length: Math.min(500, ...caps) }, () => records[0] ?? {});
        await write({ target, records: many, origin: { scope: new RequestScope() } }, signal).catch(() => undefined);
        expect(await app().store.rates.open({ name: "records", perSecond: 1 }).take(id, 1)).toBeGreaterThan(0);
        await expect(write({ target, records, origin: { scope: new RequestScope() } }, signal)).rejects.toMatchObject({
          details: { kind: "rate-limited", outcome: "not-applied", retry: "yes" },
        });
      } finally {
        await app().manageCollections.delete(systemRequest, collection.id);
      }
    },
  );
});
