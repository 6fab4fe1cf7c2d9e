import { describe, expect, it } from "vitest";
import { RequestLeftError, RequestScope, runInRequest } from "../../../src/core/request-scope.js";
import { FairQueue } from "../../../src/persistence/connection/fair-queue.js";

/** Work that writes its name down and answers by microtasks, as the embedded database does. */
function recorder(queue: FairQueue) {
  const begun: string[] = [];
  const run = (scope: RequestScope, name: string): Promise<string> =>
    runInRequest(scope, () =>
      queue.run(() => {
        begun.push(name);
        return Promise.resolve(name);
      }),
    );
  return { begun, run };
}

describe("the queue before the database", () => {
  it("lets requests alternate, however many entries each of them has", async () => {
    const { begun, run } = recorder(new FairQueue({ slots: 1, rests: true }));
    const [many, few] = [new RequestScope(), new RequestScope()];
    await Promise.all([
      ...[1, 2, 3, 4].map((number) => run(many, `many ${number}`)),
      ...[1, 2].map((number) => run(few, `few ${number}`)),
    ]);
    expect(begun).toEqual(["many 1", "many 2", "few 1", "many 3", "few 2", "many 4"]);
  });

  it("takes entries of the program itself one by one, as if each were a request", async () => {
    const queue = new FairQueue({ slots: 1, rests: false });
    const { begun, run } = recorder(queue);
    const request = new RequestScope();
    const own = (name: string) => queue.run(() => Promise.resolve(begun.push(name)));
    await Promise.all([run(request, "a 1"), run(request, "a 2"), run(request, "a 3"), own("own 1"), own("own 2")]);
    expect(begun).toEqual(["a 1", "a 2", "own 1", "own 2", "a 3"]);
  });

  it("gives the event loop a turn between entries, those that follow one another as well", async () => {
    const queue = new FairQueue({ slots: 1, rests: true });
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

  it("has at most so many entries in hand as it has slots, also after failures", async () => {
    const queue = new FairQueue({ slots: 2, rests: false });
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
    const queue = new FairQueue({ slots: 1, rests: false });
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

describe("a request whose client leaves", () => {
  it("has nothing begun any more, and what has begun is finished", async () => {
    const queue = new FairQueue({ slots: 1, rests: true });
    const client = new AbortController();
    const scope = new RequestScope(client.signal);
    const { begun, run } = recorder(queue);
    const first = runInRequest(scope, () =>
      queue.run(async () => {
        client.abort();
        await new Promise((resolve) => setImmediate(resolve));
        return "finished";
      }),
    );
    const waiting = [1, 2, 3].map((number) => run(scope, `late ${number}`));
    const other = run(new RequestScope(), "other");
    await expect(first).resolves.toBe("finished");
    for (const entry of waiting) await expect(entry).rejects.toThrow(RequestLeftError);
    await expect(run(scope, "later still")).rejects.toThrow(RequestLeftError);
    await other;
    expect(begun).toEqual(["other"]);
  });

  it("keeps its entries while a call that has begun is not finished", async () => {
    const client = new AbortController();
    const scope = new RequestScope(client.signal);
    const { run } = recorder(new FairQueue({ slots: 1, rests: false }));
    const end = scope.beginCall();
    client.abort();
    await expect(run(scope, "of the call")).resolves.toBe("of the call");
    end();
    end();
    await expect(run(scope, "after it")).rejects.toThrow(RequestLeftError);
  });
});
