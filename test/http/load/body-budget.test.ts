import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { BodyBudget, type BodyShare } from "../../../src/http/load/body-budget.js";

interface Body extends BodyShare {
  readonly discarded: () => boolean;
  readonly answer: () => void;
}

function openIn(budget: BodyBudget): Body {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  let discarded = false;
  const share = budget.open(response, () => (discarded = true));
  return { ...share, discarded: () => discarded, answer: () => void response.emit("close") };
}

test("a body that fits is taken, to the last byte", () => {
  const body = openIn(new BodyBudget(10));
  expect([body.grow(4), body.grow(6), body.grow(1)]).toEqual([true, true, false]);
  expect(body.discarded()).toBe(true);
});

test("over the bound the newest body is refused, though an older one has grown", () => {
  const budget = new BodyBudget(10);
  const [old, middle, newest] = [openIn(budget), openIn(budget), openIn(budget)];
  expect([old.grow(4), middle.grow(3), newest.grow(2), old.grow(2)]).toEqual([true, true, true, true]);
  expect([old, middle, newest].map(({ discarded }) => discarded())).toEqual([false, false, true]);
  expect([newest.grow(1), old.grow(1), middle.grow(1)]).toEqual([false, true, false]);
});

test("a body that has arrived is kept until its answer, and then leaves its room", () => {
  const budget = new BodyBudget(10);
  const first = openIn(budget);
  first.grow(8);
  first.arrived();
  const second = openIn(budget);
  expect(second.grow(3)).toBe(false);
  expect(first.discarded()).toBe(false);
  first.answer();
  expect(openIn(budget).grow(10)).toBe(true);
});

test("a body that is discarded leaves its room at once, and once", () => {
  const budget = new BodyBudget(10);
  const first = openIn(budget);
  first.grow(8);
  first.release();
  first.answer();
  expect(openIn(budget).grow(10)).toBe(true);
  expect(openIn(budget).grow(1)).toBe(false);
});
