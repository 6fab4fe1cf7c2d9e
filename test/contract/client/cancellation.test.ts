import { describe, expect, it } from "vitest";
import { createConnect } from "../../../src/contract/client/client.js";
import { openCall } from "../../../src/contract/cancellation/cancellation.js";
import { TransportError, type ContractReply, type Transport } from "../../../src/contract/message.js";
import { ProviderFailure } from "../../../src/core/failure.js";
import { RequestScope } from "../../../src/core/request-scope.js";
import { routeToy, toyContract } from "../toy-contract.js";

const contract = toyContract();
const answered: ContractReply = { status: 200, headers: {}, body: { count: 1 } };
const timedOut = new DOMException("too late", "TimeoutError");

/** One call of the toy, and what ends it. */
function callThrough(transport: Transport) {
  const deadline = new AbortController();
  const stopping = new AbortController();
  const scope = new RequestScope();
  const insert = createConnect({ provider: "toy", transport, settings: {}, stopping: stopping.signal })(contract);
  const call = () =>
    insert(
      {
        path: { table: "t" },
        headers: { authorization: "Bearer k" },
        body: { rows: [1] },
        origin: { scope },
      },
      deadline.signal,
    );
  return { deadline, stopping, scope, call };
}

/** Begins, and never answers. */
const silent: Transport = ({ begin }) => {
  begin?.();
  return new Promise(() => undefined);
};

/** Neither begins nor answers. */
const waiting: Transport = () => new Promise(() => undefined);

const notApplied = { outcome: "not-applied", retry: "yes" };
const unknown = { outcome: "unknown", retry: "only-if-idempotent" };

describe("a call whose deadline passes", () => {
  it("is a timeout: of unknown outcome once it began, else not applied and safe to send again", async () => {
    for (const [transport, details, end] of [
      [silent, unknown, "the reply arrived"],
      [waiting, notApplied, "the call began"],
    ] as const) {
      const { deadline, call } = callThrough(transport);
      const failure = call().catch((error: unknown) => error);
      deadline.abort(timedOut);
      expect(await failure).toBeInstanceOf(ProviderFailure);
      expect(await failure).toMatchObject({
        details: { kind: "timeout", message: `toy: the deadline passed before ${end}`, ...details },
        safeToResend: details === notApplied,
      });
    }
  });

  it("is not sent when it passed before", async () => {
    const { deadline, call } = callThrough(() => Promise.reject(new Error("this is not to be asked")));
    deadline.abort(timedOut);
    await expect(call()).rejects.toMatchObject({ details: { kind: "timeout", ...notApplied } });
  });

  it("has its transport told, so that a connection is given up, unless the transport finishes it", async () => {
    for (const runsOn of [false, true]) {
      const [deadline, stopping] = [new AbortController(), new AbortController()];
      const signals = { deadline: deadline.signal, stopping: stopping.signal, scope: new RequestScope() };
      const { signal, orCancelled } = openCall(signals, { runsOn });
      const ended = orCancelled(new Promise(() => undefined));
      expect(signal.aborted).toBe(false);
      deadline.abort(timedOut);
      await expect(ended).rejects.toThrow(TransportError);
      expect(signal.aborted).toBe(!runsOn);
      stopping.abort();
      expect(signal.aborted).toBe(true);
    }
  });

  it("is answered with a reply that was there before", async () => {
    const { deadline, call } = callThrough(() => {
      deadline.abort(timedOut);
      return Promise.resolve(answered);
    });
    await expect(call()).resolves.toMatchObject({ reply: { count: 1 } });
  });
});

it("a call that the program can no longer wait for is unavailable", async () => {
  const { stopping, call } = callThrough(silent);
  const failure = call().catch((error: unknown) => error);
  stopping.abort();
  expect(await failure).toMatchObject({
    details: { kind: "unavailable", message: "toy: Recordgate stopped before the reply arrived", ...unknown },
  });
});

describe("a call whose caller goes away", () => {
  it("does not begin, also when its credentials are being checked just then", async () => {
    let asked = 0;
    const answer = () => Promise.resolve({ body: { count: ++asked } });
    const { scope, call } = callThrough(
      routeToy({
        answer,
        authenticate: () => {
          scope.leave();
          return Promise.resolve({ principal: "k", scopes: "all", grants: "all" });
        },
      }),
    );
    const failure = { details: { message: "toy: the caller disconnected before the call began", ...notApplied } };
    await expect(call()).rejects.toMatchObject(failure);
    await expect(call()).rejects.toMatchObject(failure);
    expect(asked).toBe(0);
  });

  it("goes on once it has begun", async () => {
    const { scope, call } = callThrough(({ begin }) => {
      begin?.();
      scope.leave();
      return Promise.resolve(answered);
    });
    expect(await call()).toMatchObject({ reply: { count: 1 } });
  });
});

describe("an error that is not about the connection", () => {
  it("is a defect and goes on as it is, also while the call is given up", async () => {
    const defect = new TypeError("x is not a function");
    const { deadline, call } = callThrough(() => {
      deadline.abort(timedOut);
      throw defect;
    });
    await expect(call()).rejects.toBe(defect);
    await expect(callThrough(() => Promise.reject(defect)).call()).rejects.toBe(defect);
  });

  it("is told apart from a lost connection", async () => {
    const { call } = callThrough(() => Promise.reject(new TransportError("lost", true)));
    await expect(call()).rejects.toMatchObject({ details: { kind: "unavailable", message: "toy: lost", ...unknown } });
  });
});
