import { expect, it } from "vitest";
import { readRetryAfter } from "../../../src/contract/client/retry-after.js";

const now = new Date("2026-11-20T12:00:00Z");

it.each([
  ["2", 2000],
  [" 0 ", 0],
  ["Fri, 20 Nov 2026 12:00:07 GMT", 7000],
  ["Friday, 20-Nov-26 12:00:07 GMT", 7000],
  ["Fri, 20 Nov 2026 11:59:00 GMT", 0],
  [String(now.getTime() / 1000 + 30), 30_000],
  ["999999999", 2 ** 31 - 1],
  ["Fri, 20 Nov 2099 12:00:00 GMT", 2 ** 31 - 1],
  ["soon", undefined],
  ["-1", undefined],
  ["1.5", 1500],
  ["", undefined],
  ["Fri, nonsense", undefined],
  [undefined, undefined],
])("reads %j as %s ms", (header, milliseconds) => {
  expect(readRetryAfter(header, { now: () => now })).toBe(milliseconds);
});

it("cannot tell how long it is to a moment without a clock", () => {
  expect(readRetryAfter("Fri, 20 Nov 2026 12:00:07 GMT", undefined)).toBeUndefined();
  expect(readRetryAfter("2", undefined)).toBe(2000);
});
