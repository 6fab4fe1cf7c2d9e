import { expect, it } from "vitest";
import { EventLoopTurns } from "../../src/graphql/event-loop-turns.js";

function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

it("works follow one another in their order, and a long row of them leaves turns of the event loop", async () => {
  const turns = new EventLoopTurns();
  const order: number[] = [];
  let immediates = 0;
  let counting = true;
  const count = (): void => {
    immediates += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(
    Array.from({ length: 12 }, async (_item, index) => {
      await turns.take();
      order.push(index);
      // Not in the first microtask, as in an execution.
      await Promise.resolve();
      work(10);
    }),
  );
  counting = false;
  expect(order).toEqual(Array.from({ length: 12 }, (_item, index) => index));
  expect(immediates).toBeGreaterThanOrEqual(3);
});

it("synchronous work waits for another turn only when the present one is used up", async () => {
  const turns = new EventLoopTurns();
  expect(turns.takeAnother()).toBeUndefined();
  work(30);
  const another = turns.takeAnother();
  expect(another).toBeInstanceOf(Promise);
  await another;
  expect(turns.takeAnother()).toBeUndefined();
});
