import { describe, expect, it } from "vitest";
import { createConnect } from "../../../src/contract/client/client.js";
import { TransportError, type ContractReply } from "../../../src/contract/message.js";
import type { ContractCall } from "../../../src/contract/call.js";
import { programScope } from "../../../src/core/request-scope.js";
import { openUpstream } from "../../service/open-upstream.js";
import { createWaitlessClock } from "../../service/waitless-clock.js";
import { toyContract } from "../toy-contract.js";

type Step = ContractReply | TransportError;

const lost = new TransportError("lost", true);
const unsent = new TransportError("no connection", false);
const done: ContractReply = { status: 200, headers: {}, body: { count: 1 } };
const busy: ContractReply = { status: 429, headers: { "retry-after": "7" }, body: "" };

/** One call against a service that answers these steps, the last one again and again. */
async function callThrough(steps: readonly Step[], call: Partial<ContractCall> = {}) {
  const clock = createWaitlessClock();
  let sent = 0;
  const upstream = openUpstream({ clock, resend: { maxAttempts: 3, clock, jitter: () => 0 } });
  const transport = (): Promise<ContractReply> => {
    const step = steps[Math.min(sent, steps.length - 1)] ?? done;
    sent += 1;
    return step instanceof TransportError ? Promise.reject(step) : Promise.resolve(step);
  };
  const insert = createConnect({ provider: "toy", transport, settings: {}, clock, upstream })(toyContract());
  const outcome: unknown = await insert(
    { path: { table: "t" }, body: { rows: [1] }, idempotent: false, ...call },
    new AbortController().signal,
  ).catch((error: unknown) => error);
  return { outcome, sent, waits: clock.waits };
}

describe("a failed call", () => {
  it("that certainly was not applied is sent again, up to three times in all, with growing waits", async () => {
    expect(await callThrough([unsent, unsent, done])).toMatchObject({
      sent: 3,
      waits: [1000, 2000],
      outcome: { reply: { count: 1 } },
    });
    expect(await callThrough([unsent])).toMatchObject({
      sent: 3,
      outcome: { details: { outcome: "not-applied", retry: "yes" } },
    });
  });

  it("waits as long as the service asks", async () => {
    expect(await callThrough([busy, done])).toMatchObject({ sent: 2, waits: [7000] });
  });

  it("is not sent again where the wait would pass the deadline", async () => {
    const origin = { scope: programScope, deadlineAt: Date.now() + 5000 };
    expect(await callThrough([busy, done], { origin })).toMatchObject({
      ...{ sent: 1, waits: [], outcome: { details: { kind: "rate-limited", retryAfterMs: 7000 } } },
    });
  });

  it("with an unknown outcome is sent again only where a repeat cannot apply twice", async () => {
    expect(await callThrough([lost, done])).toMatchObject({
      sent: 1,
      outcome: { details: { outcome: "unknown" }, safeToResend: false },
    });
    expect(await callThrough([lost, done], { idempotent: true })).toMatchObject({
      sent: 2,
      outcome: { reply: { count: 1 } },
    });
  });

  it("keeps its unknown outcome when a later attempt certainly failed", async () => {
    for (const later of [unsent, busy])
      expect(await callThrough([lost, later], { idempotent: true, repeatable: false })).toMatchObject({
        ...{ sent: 3, outcome: { details: { outcome: "unknown", retry: "only-if-idempotent" }, safeToResend: false } },
      });
  });

  it("is told as applied when the service refuses its repeat as a duplicate, and only then", async () => {
    const duplicate: ContractReply = { status: 409, headers: {}, body: {} };
    const call = { idempotent: true, landedRow: "conflict-without-data" };
    expect(await callThrough([lost, duplicate], call)).toMatchObject({
      sent: 2,
      outcome: { details: { outcome: "applied" } },
    });
    expect(await callThrough([duplicate], call)).toMatchObject({
      sent: 1,
      outcome: { details: { outcome: "not-applied" } },
    });
  });
});
