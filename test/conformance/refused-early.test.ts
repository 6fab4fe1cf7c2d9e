import { describe, expect, test } from "vitest";
import { findRow } from "../../src/contract/contract.js";
import { findRowOfReply } from "../../src/contract/failures/row-of-reply.js";
import type { ContractReply } from "../../src/contract/message.js";
import { OverloadError } from "../../src/core/overload-error.js";
import { RequestScope } from "../../src/core/request-scope.js";
import { stringifyJson } from "../../src/json/stringify.js";
import * as registry from "../../src/providers/registry.js";
import { assembleTestApp } from "../../src/test-app.js";

const parts = await assembleTestApp();

describe.each(Object.values(registry))("$id", ({ id, contracts }) => {
  const service = parts.services.get(id);
  const [contract] = contracts;
  if (service === undefined || contract === undefined) throw new Error(`${id} has no service`);
  const unavailable = findRow(contract, contract.serviceFailures.unavailable);

  const expectBusy = (reply: ContractReply): void => {
    expect([reply.status, reply.headers["retry-after"]]).toEqual([unavailable.status, "1"]);
    const row = findRowOfReply(contract, reply);
    expect([row?.name, row?.kind, row?.retry]).toEqual([unavailable.name, "unavailable", "yes"]);
  };

  test("refuses a request for which there is no room in its own row, which may be repeated", () => {
    expectBusy(service.answerOverload());
  });

  test("refuses a body for which there is no room in the same row", async () => {
    for (const { method, path, operation, checks } of contracts) {
      if (operation === undefined || !checks.some(({ check }) => check === "body")) continue;
      const reply = await service.transport(
        {
          method,
          path: path.replaceAll(/\{\w+\}/g, "x"),
          query: { operatorId: "o", ids: "x" },
          headers: { authorization: "Bearer any", "x-acs-dingtalk-access-token": "any" },
          body: { kind: "pending", receive: () => Promise.reject(new OverloadError()) },
          scope: new RequestScope(),
        },
        new AbortController().signal,
      );
      expectBusy(reply);
    }
  });

  test("refuses what the server does not accept in its own words, with the status of the refusal", () => {
    const reply = service.answerUnreadable({ problem: "because of this", status: 421 });
    expect(reply.status).toBe(421);
    expect(stringifyJson(reply.body ?? null)).toContain("because of this");
    expect(reply.headers).toMatchObject(
      contract.dialect.headers["access-control-allow-origin"] ? { "access-control-allow-origin": "*" } : {},
    );
    expect(service.answerUnreadable({ problem: "because of this" }).status).toBe(
      findRow(contract, contract.serviceFailures.malformed).status,
    );
  });
});
