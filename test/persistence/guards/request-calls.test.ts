import { describe, expect, it, vi } from "vitest";
import { onAbort } from "../../../src/contract/cancellation/deadline.js";
import { programScope, RequestScope } from "../../../src/core/request-scope.js";
import { RequestLeftError } from "../../../src/core/store.js";
import { StatementQueue } from "../../../src/persistence/connection/statement-queue.js";
import { guardPort } from "../../../src/persistence/guards/guarded-port.js";

interface Port {
  readonly ask: (name: string) => Promise<string>;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Ports of several requests before one database that answers by microtasks, as the embedded one does. */
function openPorts({ rests = true, work = (): Promise<void> => Promise.resolve(), most = 1 } = {}) {
  const queue = new StatementQueue({ slots: 1, rests });
  const begun: string[] = [];
  const ask = (name: string): Promise<string> =>
    queue.run(async () => {
      begun.push(name);
      await work();
      return name;
    });
  const portOf = (scope: RequestScope): Port => guardPort<Port>({ ask }, { ask: "handled-by-method" }, { scope, most });
  return { begun, portOf };
}

/** A port whose calls end when the test lets them. */
function holdCalls(scope: RequestScope, most: number) {
  const held: (() => void)[] = [];
  const begun: string[] = [];
  const ask = async (name: string): Promise<string> => {
    begun.push(name);
    await new Promise<void>((resolve) => held.push(resolve));
    return name;
  };
  const end = async (): Promise<void> => {
    held.shift()?.();
    await turn();
  };
  const port = guardPort<Port>({ ask }, { ask: "handled-by-method" }, { scope, most });
  return { begun, end, port };
}

const names = (what: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_item, index) => `${what} ${index + 1}`);

describe("the calls of requests", () => {
  it.each([true, false])("alternate, however many each of them has; the database rests: %s", async (rests) => {
    const { begun, portOf } = openPorts({ rests });
    const [many, few] = [portOf(new RequestScope()), portOf(new RequestScope())];
    await Promise.all([...names("many", 4).map(many.ask), ...names("few", 2).map(few.ask)]);
    expect(begun).toEqual(["many 1", "few 1", "many 2", "few 2", "many 3", "many 4"]);
  });

  it("do not wait for one another where they belong to the program itself", async () => {
    const { begun, portOf } = openPorts();
    const [request, program] = [portOf(new RequestScope()), portOf(programScope)];
    await Promise.all([...names("a", 3).map(request.ask), ...names("own", 2).map(program.ask)]);
    expect(begun).toEqual(["a 1", "own 1", "own 2", "a 2", "a 3"]);
  });

  it("are so many at one time as one may have, in all ports of a request together", async () => {
    const scope = new RequestScope();
    const one = holdCalls(scope, 2);
    const other = holdCalls(scope, 2);
    const all = [one.port.ask("a"), other.port.ask("b"), one.port.ask("c"), other.port.ask("d"), one.port.ask("e")];
    await turn();
    const seen = [[...one.begun, ...other.begun]];
    for (const { end } of [other, one, other]) {
      await end();
      seen.push([...one.begun, ...other.begun].toSorted());
    }
    expect(seen).toEqual([
      ["a", "b"],
      ["a", "b", "c"],
      ["a", "b", "c", "d"],
      ["a", "b", "c", "d", "e"],
    ]);
    for (const { end } of [one, one]) await end();
    expect(await Promise.all(all)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("give their places on when they fail, and do not keep more than they had", async () => {
    const scope = new RequestScope();
    const ask = (): Promise<string> => Promise.reject(new Error("failed"));
    const failing = guardPort<Port>({ ask }, { ask: "handled-by-method" }, { scope, most: 2 });
    const results = await Promise.allSettled(names("call", 10).map(failing.ask));
    expect(results.every(({ status }) => status === "rejected")).toBe(true);
    const { begun, port } = holdCalls(scope, 2);
    for (const name of names("next", 3)) void port.ask(name);
    await turn();
    expect(begun).toEqual(["next 1", "next 2"]);
  });
});

describe("a request whose client leaves", () => {
  it("has nothing begun any more, and what has begun is finished", async () => {
    const scope = new RequestScope();
    const { begun, portOf } = openPorts({
      work: async () => {
        scope.leave();
        await turn();
      },
    });
    const port = portOf(scope);
    const first = port.ask("first");
    const waiting = names("late", 3).map(port.ask);
    const other = portOf(new RequestScope()).ask("other");
    await expect(first).resolves.toBe("first");
    for (const call of waiting) await expect(call).rejects.toThrow(RequestLeftError);
    await expect(port.ask("later still")).rejects.toThrow(RequestLeftError);
    await other;
    expect(begun).toEqual(["first", "other"]);
  });

  it("keeps its calls while a write that has begun is not finished", async () => {
    const scope = new RequestScope();
    const { ask } = openPorts().portOf(scope);
    const end = scope.beginCall();
    scope.leave();
    await expect(ask("of the write")).resolves.toBe("of the write");
    end();
    end();
    await expect(ask("after it")).rejects.toThrow(RequestLeftError);
  });

  it("tells those that wait for it, before they ask and after", () => {
    const scope = new RequestScope();
    const before = scope.left;
    expect([scope.hasLeft, before.aborted]).toEqual([false, false]);
    scope.leave();
    expect([scope.hasLeft, before.aborted, scope.left]).toEqual([true, true, before]);
    const late = new RequestScope();
    late.leave();
    expect(late.left.aborted).toBe(true);
  });

  it("has as many waiting for it as there are, without a warning", async () => {
    const warned = vi.fn();
    process.on("warning", warned);
    const scope = new RequestScope();
    const told: number[] = [];
    const waits = Array.from({ length: 30 }, (_, index) => onAbort([scope.left], () => told.push(index)));
    await turn();
    process.off("warning", warned);
    expect(warned).not.toHaveBeenCalled();
    waits[0]?.();
    scope.leave();
    expect(told).toEqual(Array.from({ length: 29 }, (_, index) => index + 1));
  });
});
