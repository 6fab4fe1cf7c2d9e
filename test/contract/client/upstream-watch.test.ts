import { expect, test } from "vitest";
import { createUpstreamWatch } from "../../../src/contract/client/upstream-watch.js";
import type { ContractReply } from "../../../src/contract/message.js";
import type { FailedCall } from "../../../src/contract/client/failed-call.js";
import { toyContract, toyRequest } from "../toy-contract.js";
import { fillRequest } from "../loose-request.js";

const called: FailedCall = {
  contract: toyContract(),
  request: fillRequest(toyRequest, {}),
  provider: "toy",
  settings: {},
  idempotent: false,
  clock: undefined,
};

function openWatch() {
  const warned: (readonly [object, string])[] = [];
  const log = {
    info: () => undefined,
    warn: (details: object, message: string) => void warned.push([details, message]),
    error: () => undefined,
  };
  const clock = { now: () => new Date(0) };
  return { warned, watch: createUpstreamWatch({ provider: "toy", clock, log }) };
}

test("a stop waits for a call whose caller was answered already, and tells how it ended", async () => {
  const { watch, warned } = openWatch();
  let answer: ((reply: ContractReply) => void) | undefined;
  const reply = new Promise<ContractReply>((resolve) => {
    answer = resolve;
  });
  const answered = Promise.resolve();
  watch.follow(called, { reply, answered });
  await answered;
  const settled = watch.settle(60_000);
  answer?.({ status: 200, headers: {}, body: { count: 1 } });
  await settled;
  expect(warned).toEqual([
    [
      { provider: "toy", operation: "insert", outcome: "applied" },
      "a call to a remote service ended after its caller was answered",
    ],
  ]);
  expect(watch.state.callsInFlight).toBe(0);
});

test("a stop logs what it gives up when its patience ends", async () => {
  const { watch, warned } = openWatch();
  watch.follow(called, { reply: new Promise<never>(() => undefined), answered: Promise.resolve() });
  await Promise.resolve();
  await watch.settle(10);
  expect(warned).toEqual([[{ provider: "toy", calls: 1 }, "calls to a remote service are given up"]]);
});
