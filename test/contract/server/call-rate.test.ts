import { expect, it } from "vitest";
import { CallRate } from "../../../src/contract/server/call-rate.js";

function createRate() {
  let now = 120_000;
  const rate = new CallRate({ now: () => new Date(now) }, 60_000);
  return {
    remaining: (key: string, limit: number) => rate.count(key, limit).remaining,
    rate,
    pass: (milliseconds: number) => (now += milliseconds),
  };
}

it("lets a caller make as many calls as allowed, until the window is over", () => {
  const { remaining, pass } = createRate();
  expect([1, 2, 3].map(() => remaining("a", 2))).toEqual([1, 0, -1]);
  pass(59_999);
  expect(remaining("a", 2)).toBe(-2);
  pass(1);
  expect(remaining("a", 2)).toBe(1);
});

it("counts each caller for itself", () => {
  const { remaining } = createRate();
  expect([remaining("a", 1), remaining("b", 1), remaining("a", 1)]).toEqual([0, 0, -1]);
});

it("says how long the window still is", () => {
  const { rate, pass } = createRate();
  expect(rate.count("a", 1)).toEqual({ limit: 1, remaining: 0, resetAfterMs: 60_000 });
  pass(59_000);
  expect(rate.count("a", 1)).toEqual({ limit: 1, remaining: -1, resetAfterMs: 1000 });
});
