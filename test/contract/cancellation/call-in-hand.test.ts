import { expect, test } from "vitest";
import { openCall } from "../../../src/contract/cancellation/cancellation.js";
import type { ContractRequest, Transport } from "../../../src/contract/message.js";
import { RequestScope, runInRequest } from "../../../src/core/request-scope.js";

const request: ContractRequest = { method: "POST", path: "/", query: {}, headers: {}, body: { kind: "none" } };
const deadline = new AbortController().signal;

test("a call that has begun keeps the statements of its request until it ends, although the client leaves", async () => {
  const client = new AbortController();
  const scope = new RequestScope(client.signal);
  const seen: boolean[] = [];
  const transport: Transport = async ({ begin }) => {
    begin?.();
    client.abort();
    await Promise.resolve();
    seen.push(scope.isOver);
    return { status: 200, headers: {}, body: {} };
  };
  await runInRequest(scope, () => {
    const { begin, signal, orCancelled } = openCall({ deadline, left: client.signal }, { runsOn: false });
    return orCancelled(transport({ ...request, begin }, signal));
  });
  seen.push(scope.isOver);
  expect(seen).toEqual([false, true]);
});
