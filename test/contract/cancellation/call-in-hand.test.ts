import { expect, test } from "vitest";
import { openCall } from "../../../src/contract/cancellation/cancellation.js";
import type { ContractRequest, Transport } from "../../../src/contract/message.js";
import { RequestScope } from "../../../src/core/request-scope.js";

const deadline = new AbortController().signal;

test("a call that has begun keeps the store of its request until it ends, although the client leaves", async () => {
  const scope = new RequestScope();
  const request: ContractRequest = { method: "POST", path: "/", query: {}, headers: {}, body: { kind: "none" }, scope };
  const seen: boolean[] = [];
  const transport: Transport = async ({ begin }) => {
    begin?.();
    scope.leave();
    await Promise.resolve();
    seen.push(scope.isOver);
    return { status: 200, headers: {}, body: {} };
  };
  const { begin, signal, orCancelled } = openCall({ deadline, scope }, { runsOn: false });
  await orCancelled(transport({ ...request, begin }, signal));
  seen.push(scope.isOver);
  expect(seen).toEqual([false, true]);
});
