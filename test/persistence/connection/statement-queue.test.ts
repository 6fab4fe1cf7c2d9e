import { describe, expect, it } from "vitest";
import { StatementQueue } from "../../../src/persistence/connection/statement-queue.js";

describe("the queue before the database", () => {
  it("takes statements in the order of their arrival", async () => {
    const queue = new StatementQueue({ slots: 1, rests: false });
    const begun: number[] = [];
    const run = (number: number) => queue.run(() => Promise.resolve(begun.push(number)));
    await Promise.all([1, 2, 3, 4].map(run));
    expect(begun).toEqual([1, 2, 3, 4]);
  });

  it("gives the event loop a turn between statements, those that follow one another as well", async () => {
    const queue = new StatementQueue({ slots: 1, rests: true });
    let turns = 0;
    let counting = true;
    const count = (): void => {
      turns += 1;
      if (counting) setImmediate(count);
    };
    setImmediate(count);
    for (let entry = 0; entry < 20; entry += 1) await queue.run(() => Promise.resolve());
    counting = false;
    expect(turns).toBeGreaterThanOrEqual(19);
  });

  it("has at most so many statements in hand as it has slots, also after failures", async () => {
    const queue = new StatementQueue({ slots: 2, rests: false });
    let inHand = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, (inHand += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      inHand -= 1;
      throw new Error("failed");
    };
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => queue.run(work)));
    expect([most, results.filter(({ status }) => status === "rejected").length]).toEqual([2, 10]);
    await expect(queue.run(() => Promise.resolve("served"))).resolves.toBe("served");
  });

  it("gives a slot back once, however often it is told to", async () => {
    const queue = new StatementQueue({ slots: 1, rests: false });
    const leave = await queue.enter();
    leave();
    leave();
    await queue.enter();
    let entered = false;
    void queue.enter().then(() => (entered = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(entered).toBe(false);
  });
});
