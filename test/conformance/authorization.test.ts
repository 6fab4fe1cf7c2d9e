import { describe, expect, test } from "vitest";
import { findRow, type Contract } from "../../src/contract/contract.js";
import type { ContractReply } from "../../src/contract/message.js";
import * as registry from "../../src/providers/registry.js";
import { useService } from "../service/use-service.js";
import { requestTo } from "./request-to.js";
import { sampleOf } from "./sample-of.js";

describe.each(Object.values(registry))("with authorization on, $id", (provider) => {
  const open = useService(provider, { authorization: "on" });

  test.each(provider.contracts.filter((contract) => contract.public !== true))(
    "admits only known callers with the right: $name",
    async (contract) => {
      const service = open();
      const caller = { principal: "nobody", scopes: [], grants: "all" as const };
      await service.saveCredential({
        secret: "expired:key",
        caller: { ...caller, scopes: "all" },
        expiresAt: new Date(0),
      });
      await service.saveCredential({ secret: "idle:key", caller });
      const { credentials } = contract.dialect;
      const ask = (secret?: string) =>
        service.send({ ...requestTo(contract), headers: secret === undefined ? {} : credentials.write(secret) });
      const check = contract.checks.find((each) => each.check === "caller");
      if (check === undefined) throw new Error(`${contract.name} checks no caller`);
      expectRow(contract, await ask(), check.missingFailure ?? check.failure);
      expectRow(contract, await ask("unknown:key"), check.failure);
      expectRow(contract, await ask("expired:key"), check.failure);
      for (const { failure } of contract.checks.filter((each) => each.check === "scope"))
        expectRow(contract, await ask("idle:key"), failure);
    },
  );

  test("no contract that writes is public", () => {
    expect(
      provider.contracts.filter((contract) => contract.operation !== undefined && contract.public === true),
    ).toEqual([]);
  });

  const writes = provider.contracts.flatMap(({ name, operation }) =>
    operation === undefined ? [] : [{ name, operation }],
  );
  test.each(writes)("stores nothing for a known caller without the scope: $name", async ({ operation }) => {
    const { definition, target, records } = sampleOf(provider);
    const service = open({ secret: "idle:key" });
    const collection = await service.create(definition);
    await service.saveCredential({ secret: "idle:key", caller: { principal: "nobody", scopes: [], grants: [] } });
    await expect(service.write(operation, { target, records })).rejects.toMatchObject({
      details: { outcome: "not-applied" },
    });
    expect(await service.storedFields(collection)).toEqual([]);
  });
});

/** A reply to HEAD has no body from which its row could be read. */
function expectRow(contract: Contract, reply: ContractReply, name: string): void {
  const { status, code } = findRow(contract, name);
  expect([contract.name, reply.status]).toEqual([contract.name, status]);
  if (contract.method !== "HEAD")
    expect(contract.dialect.readError(reply.body).code).toBe(code === undefined ? undefined : String(code));
}
