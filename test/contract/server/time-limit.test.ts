import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCancellationError } from "../../../src/contract/cancellation/cancellation.js";
import type { ContractRequest, ReceivedBody } from "../../../src/contract/message.js";
import type { ServiceReply } from "../../../src/contract/service.js";
import { withResolvers } from "../with-resolvers.js";
import { callerCheck, allChecks, failures, routeToy, serveToy, toyContract, toyRequest } from "../toy-contract.js";
import type { ToyCheck } from "../toy-contract.js";

const timeLimit: ToyCheck = {
  check: "time-limit",
  header: "x-seconds",
  readMs: (value) => (value === "soon" ? failures.refuse("bad-value", { problem: value }) : Number(value) * 1000),
  failure: "late",
};
const contract = toyContract([callerCheck, timeLimit, ...allChecks.slice(3)]);
const within = (seconds: string) => ({ headers: { ...toyRequest.headers, "x-seconds": seconds } });
const late = { status: 408, body: { code: 8, message: "late" } };
const signal = new AbortController().signal;

/** A service that waits until the test lets it answer. */
function holdAnswer() {
  const { promise, resolve, reject } = withResolvers<ServiceReply>();
  return { answer: vi.fn(() => promise), resolve, reject };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  // No timer of a call is left behind.
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("a header with the time for a call", () => {
  it.each([{}, within(""), within("5")])("lets a call pass that is answered in time: %j", async (request) => {
    expect(await serveToy({ contract })(request)).toMatchObject({ status: 200, body: { count: 1 } });
  });

  it("is judged in the order of the checks", async () => {
    const wrong = { ...within("soon"), body: { rows: "x" } };
    const send = serveToy({ contract });
    expect(await send({ ...wrong, headers: { "x-seconds": "soon" } })).toMatchObject({ status: 401 });
    expect(await send({ ...wrong, path: "/v1/t" })).toMatchObject({ status: 404 });
    expect(await send(wrong)).toMatchObject({ status: 400, body: { message: "bad soon" } });
    expect(await send({ ...wrong, ...within("5") })).toMatchObject({ status: 400, body: { message: "bad rows" } });
  });

  it.each(["0", "-1"])("of %s ends the call before its body is read", async (seconds) => {
    const receive = vi.fn<() => Promise<ReceivedBody>>();
    const { answer } = holdAnswer();
    const request: ContractRequest = { ...toyRequest, ...within(seconds), body: { kind: "pending", receive } };
    expect(await routeToy({ contract, answer })(request, signal)).toMatchObject(late);
    expect(receive).not.toHaveBeenCalled();
    expect(answer).not.toHaveBeenCalled();
  });
});

describe("a call whose time is over", () => {
  it("does not begin when its body arrives", async () => {
    const { answer } = holdAnswer();
    const body = withResolvers<ReceivedBody>();
    const begin = vi.fn();
    const receive = () => body.promise;
    const request: ContractRequest = { ...toyRequest, ...within("5"), begin, body: { kind: "pending", receive } };
    const reply = routeToy({ contract, answer })(request, signal);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await reply).toMatchObject(late);
    body.resolve({ kind: "value", value: { rows: [1] } });
    await vi.advanceTimersByTimeAsync(1);
    expect(begin).not.toHaveBeenCalled();
    expect(answer).not.toHaveBeenCalled();
  });

  it("does not begin although the event loop was too busy for the timer", async () => {
    const { answer } = holdAnswer();
    let now = 0;
    const receive = (): Promise<ReceivedBody> => {
      now = 5000;
      return Promise.resolve({ kind: "value", value: { rows: [1] } });
    };
    const request: ContractRequest = { ...toyRequest, ...within("5"), body: { kind: "pending", receive } };
    const router = routeToy({ contract, answer, clock: { now: () => new Date(now) } });
    expect(await router(request, signal)).toMatchObject(late);
    expect(answer).not.toHaveBeenCalled();
  });

  it("is answered at once, and finished if it had begun", async () => {
    const { answer, resolve } = holdAnswer();
    const finished = vi.fn();
    const reply = serveToy({ contract, answer: () => answer().finally(finished) })(within("5"));
    await vi.advanceTimersByTimeAsync(4999);
    expect(answer).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(1);
    expect(await reply).toMatchObject(late);
    expect(finished).not.toHaveBeenCalled();
    resolve({ body: { count: 1 } });
    await vi.advanceTimersByTimeAsync(1);
    expect(finished).toHaveBeenCalledOnce();
  });

  it("is logged if it fails after its answer", async () => {
    const { answer, reject } = holdAnswer();
    const error = vi.fn();
    const log = { info: () => undefined, warn: () => undefined, error };
    const reply = serveToy({ contract, answer, log })(within("5"));
    await vi.advanceTimersByTimeAsync(5000);
    expect(await reply).toMatchObject(late);
    const cause = new Error("the disk is on fire");
    reject(cause);
    await vi.advanceTimersByTimeAsync(1);
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ error: cause }), "a service failed");
  });
});

it("a call that its client has left does not begin, in time or not", async () => {
  const { answer } = holdAnswer();
  const begin = (): void => {
    throw createCancellationError("left", false);
  };
  const request: ContractRequest = {
    ...toyRequest,
    ...within("5"),
    begin,
    body: { kind: "value", value: { rows: [1] } },
  };
  await expect(routeToy({ contract, answer })(request, signal)).rejects.toThrow("the caller disconnected");
  expect(answer).not.toHaveBeenCalled();
});
