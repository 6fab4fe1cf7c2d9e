import { describe, expect, it } from "vitest";
import type { ContractCall } from "../../../src/contract/call.js";
import { createConnect } from "../../../src/contract/client/client.js";
import { maxToldLength } from "../../../src/contract/client/failure-reading.js";
import { stringifyJson } from "../../../src/json/stringify.js";
import { findRowOfReply } from "../../../src/contract/failures/row-of-reply.js";
import { TransportError, valueOf, type ContractReply, type ContractRequest } from "../../../src/contract/message.js";
import type { JsonValue } from "../../../src/json/value.js";
import { ProviderFailure, type ProviderFailureDetails } from "../../../src/core/failure.js";
import { toyContract } from "../toy-contract.js";

const contract = toyContract();

function reply(status: number, body: JsonValue | undefined, headers: ContractReply["headers"] = {}): ContractReply {
  return { status, headers, body };
}

describe("the row of a reply", () => {
  it.each<[string, ContractReply, string | undefined]>([
    [
      "is the one that recognises it, before the one with its code",
      reply(400, { code: 1, message: "at most 3" }),
      "too-many",
    ],
    ["is the one with its code where none recognises it", reply(400, { code: 1, message: "?" }), "bad-value"],
    ["is found by a code written as text", reply(400, { code: "1" }), "bad-value"],
    ["is found by another code of the same meaning", reply(400, { code: "1a" }), "bad-value"],
    ["is found by the pattern of its code", reply(400, { code: 123 }), "bad-family"],
    ["is found by its code whatever the status", reply(200, { code: 4 }), "too-often"],
    [
      "is that of a gateway when it has a code that is not in the contract",
      reply(404, { code: 9999 }),
      "gateway-not-found",
    ],
    ["is found by the text of its body", reply(404, "404 page not found"), "unknown-path"],
    ["is found by a missing member", reply(409, {}), "conflict-without-data"],
    ["is that of a gateway when the member is there", reply(409, { data: 1 }), "gateway-conflict"],
    ["is found by its not being JSON", reply(521, "<html>"), "page"],
    ["is not found by that when it is JSON", reply(521, {}), "gateway-failure"],
  ])("%s", (_name, given, name) => {
    expect(findRowOfReply(contract, given)?.name).toBe(name);
  });
});

const provesNothing = { retry: "only-if-idempotent", outcome: "unknown" } as const;

describe("a reply outside the contract", () => {
  it.each<[ContractReply, Partial<ProviderFailureDetails>]>([
    [reply(200, undefined), { kind: "internal", retry: "only-if-idempotent", outcome: "unknown" }],
    [reply(200, "<html>"), { kind: "unavailable", outcome: "unknown" }],
    [reply(200, []), { kind: "internal", outcome: "unknown" }],
    [reply(200, { count: "many" }), { kind: "internal", outcome: "unknown" }],
    [reply(301, undefined), { kind: "internal", outcome: "unknown" }],
    [reply(400, { code: 9999, message: "?" }), { kind: "invalid-input", outcome: "not-applied" }],
    [reply(200, { code: 9999, status: 404 }), { kind: "not-found", retry: "no", outcome: "not-applied" }],
    [reply(401, { status: 404 }), { kind: "unauthenticated", retry: "no", outcome: "not-applied" }],
    [reply(401, undefined), { kind: "unauthenticated", ...provesNothing }],
    [reply(403, "<html>"), { kind: "permission-denied", ...provesNothing }],
    [reply(404, undefined), { kind: "not-found", ...provesNothing }],
    [reply(404, { message: "no Route matched" }), { kind: "not-found", ...provesNothing }],
    [reply(404, "404 page not found"), { kind: "not-found", retry: "no", outcome: "not-applied" }],
    [reply(409, { data: 1 }), { kind: "conflict", ...provesNothing }],
    [reply(413, "<html>"), { kind: "payload-too-large", ...provesNothing }],
    [reply(418, "teapot"), { kind: "invalid-input", ...provesNothing }],
    [reply(429, "<html>", { "retry-after": "2" }), { kind: "rate-limited", retry: "yes", outcome: "not-applied" }],
    [reply(429, { code: 4 }, { "x-ratelimit-reset": "3" }), { kind: "rate-limited", retry: "yes", retryAfterMs: 3000 }],
    [
      reply(429, { code: 4 }, { "retry-after": "1", "x-ratelimit-reset": "3" }),
      { kind: "rate-limited", retry: "yes", retryAfterMs: 1000 },
    ],
    [reply(500, "boom"), { kind: "unavailable", retry: "only-if-idempotent", outcome: "unknown" }],
    [
      reply(503, "later", { "retry-after": "2" }),
      { kind: "unavailable", retry: "only-if-idempotent", retryAfterMs: 2000, outcome: "unknown" },
    ],
    [reply(503, undefined), { kind: "unavailable", retry: "only-if-idempotent", outcome: "unknown" }],
    [reply(503, { error: "overloaded" }), { kind: "unavailable", retry: "only-if-idempotent", outcome: "unknown" }],
    [reply(504, ""), { kind: "timeout", outcome: "unknown" }],
    [reply(599, {}), { kind: "unavailable", retry: "only-if-idempotent" }],
  ])("is demoted to a failure: %j", async (given, details) => {
    expect(await failureOf(() => Promise.resolve(given))).toMatchObject(details);
  });

  it.each<JsonValue>(["<html>", { message: "no Route matched" }, { error: { reason: "denied" } }])(
    "is not quoted, only its status is told: %j",
    async (body) => {
      const { upstream, message } = await failureOf(() => Promise.resolve(reply(403, body)));
      expect(upstream).toEqual({ httpStatus: 403 });
      expect(message).toBe("toy answered with HTTP status 403");
    },
  );

  it("keeps what the service said, verbatim", async () => {
    const { upstream } = await failureOf(() => Promise.resolve(reply(200, { code: 4, message: "slow down" })));
    expect(upstream).toMatchObject({ httpStatus: 200, code: "4", message: "slow down" });
  });

  it("cuts what the service said, and says it once", async () => {
    const said = "slow ".repeat(1000);
    const failure = await failureOf(() => Promise.resolve(reply(200, { code: 4, message: said })));
    expect(failure.upstream?.message?.length).toBeLessThanOrEqual(maxToldLength + 1);
    expect(said.startsWith(failure.upstream?.message?.slice(0, maxToldLength - 1) ?? "?")).toBe(true);
    expect(failure.message).toBe(failure.upstream?.message);
  });
});

it("hands over what a reply of success left out", async () => {
  const violations = [{ recordIndex: 1, rule: "type", message: "x" }];
  const left = async (given: Partial<ContractReply>) => {
    const insert = createConnect({
      provider: "toy",
      transport: () => Promise.resolve({ ...reply(200, { count: 1 }), ...given }),
      settings: {},
    })(contract);
    return (await insert({ path: { table: "t" }, body: { rows: [1, 2] } }, AbortSignal.timeout(1000))).violations;
  };
  expect([await left({ violations }), await left({})]).toEqual([violations, []]);
});

describe("a failure", () => {
  it("about a limit tells the limit and what the request has of it", async () => {
    const { exceeded } = await failureOf(() => Promise.resolve(reply(400, { code: 1, message: "at most 3" })));
    expect(exceeded).toEqual({ limit: 3, actual: 2, unit: "records" });
  });

  it("has the violations that came beside the body, or one without a place", async () => {
    const violations = [{ recordIndex: 1, rule: "type", message: "x" }];
    expect(await failureOf(() => Promise.resolve({ ...reply(400, { code: 1 }), violations }))).toMatchObject({
      violations,
    });
    expect(await failureOf(() => Promise.resolve(reply(400, { code: 1, message: "why" })))).toMatchObject({
      violations: [{ rule: "bad-value", message: "why" }],
    });
  });

  it("may be asked for again when a repeat is the same call and whoever asked can make it", async () => {
    const lost = () => Promise.reject(new TransportError("lost", true));
    expect(await failureOf(lost)).toMatchObject({ idempotent: false });
    expect(await failureOf(lost, { idempotent: true })).toMatchObject({ idempotent: true });
    expect(await failureOf(lost, { idempotent: true, repeatable: false })).toMatchObject({ idempotent: false });
  });

  it("to hold what the request asked for is a failure", async () => {
    const demanding = {
      ...contract,
      succeeded: (_reply: ContractReply, { body }: ContractRequest) =>
        stringifyJson(valueOf(body) ?? null) === '{"rows":[1,2,3]}',
    };
    const insert = createConnect({
      provider: "toy",
      transport: () => Promise.resolve(reply(200, { count: 2 })),
      settings: {},
    })(demanding);
    await expect(insert({ path: { table: "t" }, body: { rows: [1, 2] } }, AbortSignal.timeout(1000))).rejects.toThrow(
      ProviderFailure,
    );
    await expect(
      insert({ path: { table: "t" }, body: { rows: [1, 2, 3] } }, AbortSignal.timeout(1000)),
    ).resolves.toMatchObject({ reply: { count: 2 } });
  });

  it.each([
    [new TransportError("refused", false), "yes", "not-applied"],
    [new TransportError("lost", true), "only-if-idempotent", "unknown"],
  ] as const)("to get a reply tells whether the request may have arrived: %s", async (error, retry, outcome) => {
    expect(await failureOf(() => Promise.reject(error))).toMatchObject({ kind: "unavailable", retry, outcome });
  });
});

async function failureOf(
  transport: () => Promise<ContractReply>,
  details: Partial<ContractCall> = {},
): Promise<ProviderFailureDetails> {
  const insert = createConnect({ provider: "toy", transport, settings: {} })(contract);
  const failure: unknown = await insert(
    { path: { table: "t" }, body: { rows: [1, 2] }, ...details },
    AbortSignal.timeout(1000),
  ).catch((error: unknown) => error);
  if (failure instanceof ProviderFailure) return failure.details;
  throw new Error("it did not fail with a ProviderFailure", { cause: failure });
}
