import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Contract } from "../../src/contract/contract.js";
import { unlimitedCaller } from "../../src/contract/credentials.js";
import { findRowOfReply } from "../../src/contract/failure-reading.js";
import type { ContractRequest } from "../../src/contract/message.js";
import { buildPath } from "../../src/contract/paths.js";
import { placeholdersOf } from "../../src/contract/failures.js";
import * as registry from "../../src/providers/registry.js";
import { createTestApp, type TestApp } from "../../src/test-app.js";

function requestOf({ method, path }: Contract): ContractRequest {
  const parameters = Object.fromEntries(placeholdersOf(path).map((name) => [name, "x"]));
  return { method, path: buildPath(path, parameters), query: {}, headers: {}, body: undefined };
}

describe.each(Object.values(registry))("$id, with authorization on", (provider) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await createTestApp({ providers: [provider], environment: { AUTHORIZATION: "on" } });
  });
  afterAll(() => app.close());

  const ask = async (contract: Contract, request: Partial<ContractRequest> = {}) => {
    const reply = await app.router(provider.id)({ ...requestOf(contract), ...request }, AbortSignal.timeout(20_000));
    return { status: reply.status, row: reply.status < 300 && contract.succeeded(reply, requestOf(contract)) ? undefined : findRowOfReply(contract, reply) };
  };

  const closed = provider.contracts.filter((contract) => contract.public !== true);
  test.each(closed)("lets no stranger into $name", async (contract) => {
    expect((await ask(contract)).row?.kind).toBe("unauthenticated");
  });

  test.each(provider.contracts)("serves $name", async (contract) => {
    const { row } = await ask(contract, { caller: unlimitedCaller("root") });
    expect(row?.name).not.toBe(contract.own.unknownPath);
    expect(row?.name).not.toBe(contract.own.internal);
  });

  test("leaves open no contract that writes", () => {
    expect(provider.contracts.filter(({ operation }) => operation !== undefined).filter((contract) => contract.public === true)).toEqual([]);
  });
});
