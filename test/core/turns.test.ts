import { expect, test } from "vitest";
import { visitInTurns } from "../../src/core/turns.js";
import { countTurns } from "../turns.js";

test("a large list is visited in order, with turns of the event loop", async () => {
  const list = Array.from({ length: 20_000 }, (_each, index) => `item ${index}`);
  const visited: string[] = [];
  const { turns } = await countTurns(() => visitInTurns(list, (item, index) => visited.push(`${index}: ${item}`)));
  expect(visited).toEqual(list.map((item, index) => `${index}: ${item}`));
  expect(turns).toBeGreaterThanOrEqual(4);
});

test("what a visit throws ends the visits", async () => {
  const visited: number[] = [];
  const visits = visitInTurns([1, 2, 3], (item) => {
    visited.push(item);
    if (item === 2) throw new RangeError("two");
  });
  await expect(visits).rejects.toThrow(RangeError);
  expect(visited).toEqual([1, 2]);
});
