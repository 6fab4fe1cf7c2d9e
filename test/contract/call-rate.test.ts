import { expect, it } from "vitest";
import { CallRate } from "../../src/contract/call-rate.js";

function createRate(): { rate: CallRate; pass: (milliseconds: number) => void } {
  let now = 120_000;
  return { rate: new CallRate({ now: () => new Date(now) }, 60_000), pass: (milliseconds) => (now += milliseconds) };
}

it("admits as many calls of one caller as allowed, until the window is over", () => {
  const { rate, pass } = createRate();
  expect([1, 2, 3].map(() => rate.admit("a", 2))).toEqual([true, true, false]);
  pass(59_999);
  expect(rate.admit("a", 2)).toBe(false);
  pass(1);
  expect(rate.admit("a", 2)).toBe(true);
});

it("counts each caller for itself", () => {
  const { rate } = createRate();
  expect([rate.admit("a", 1), rate.admit("b", 1), rate.admit("a", 1)]).toEqual([true, true, false]);
});
