import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { MirrorWork, TaskAttempt } from "../../../src/core/task.js";
import { type Database, openDatabase } from "../../../src/persistence/database.js";
import { createServerDatabase, describeOnEachDatabase, parts, server, serverUrl } from "../databases.js";
import { enqueue, finish, mirror, patience, worker } from "./queue-work.js";

const visible = [{ provider: "test", upstream: "default", spaces: "all" }] as const;

function asker(ask: MirrorWork["ask"]): MirrorWork {
  return { providers: ["test"], ask };
}

async function end({ store }: Database, taskId: string): Promise<undefined> {
  await store.tasks.finishMirror({ taskId, state: "succeeded", successCount: 2, failCount: 0, failures: [] });
}

const stateOf = async ({ store }: Database, id: string) => (await store.tasks.tasksById(visible, [id]))[0]?.state;

describeOnEachDatabase("the queue of mirrored tasks", (database) => {
  afterEach(async () => {
    await database().mirrors.stop();
    await database().queue.stop();
  });

  it("asks at once, and again after each pause, until the task has ended", async () => {
    const asked: { readonly attempt: number; readonly at: number }[] = [];
    await database().mirrors.start(
      asker(async (id, { attempt }) => {
        asked.push({ attempt, at: performance.now() });
        return attempt < 3 ? 100 : end(database(), id);
      }),
    );
    const { id } = await mirror(database());
    await expect.poll(() => stateOf(database(), id), patience).toBe("succeeded");
    await setTimeout(300);
    expect(asked.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    for (const [index, { at }] of asked.slice(1).entries())
      expect(at - (asked[index]?.at ?? 0)).toBeGreaterThanOrEqual(95);
  });

  it("does not look for tasks where none are left and no new ones come", async () => {
    const asked: string[] = [];
    const work = asker(async (id) => {
      asked.push(id);
      return end(database(), id);
    });
    await database().mirrors.start({ ...work, onlyLeft: true });
    const { id } = await mirror(database());
    await setTimeout(300);
    expect(asked).toEqual([]);
    await database().mirrors.start({ ...work, onlyLeft: true });
    await expect.poll(() => stateOf(database(), id), patience).toBe("succeeded");
    expect(asked).toEqual([id]);
  });

  it("asks again after an error", async () => {
    let times = 0;
    await database().mirrors.start(
      asker(async (id) => {
        times += 1;
        if (times === 1) throw new Error("not today");
        return end(database(), id);
      }),
    );
    const { id } = await mirror(database());
    await expect.poll(() => stateOf(database(), id), patience).toBe("succeeded");
    expect(times).toBe(2);
  });

  it("leaves imports to their queue, and theirs leaves mirrored tasks to this one", async () => {
    const seen: string[] = [];
    await database().queue.start(
      worker(async (id) => {
        seen.push(`import ${id}`);
        await finish(database(), id);
      }),
    );
    await database().mirrors.start(
      asker(async (id) => {
        seen.push(`mirror ${id}`);
        return end(database(), id);
      }),
    );
    const [imported, { id: mirrored }] = [await enqueue(database()), await mirror(database())];
    await expect.poll(() => seen.toSorted(), patience).toEqual([`import ${imported}`, `mirror ${mirrored}`]);
  });

  it("returns the lease when it is stopped, and a question that was interrupted does not count", async () => {
    const attempts: number[] = [];
    const untilStopped = async (_id: string, { attempt, stopping }: TaskAttempt): Promise<number> => {
      attempts.push(attempt);
      await new Promise((resolve) => stopping.addEventListener("abort", resolve));
      return 60_000;
    };
    await database().mirrors.start(asker(untilStopped));
    const { id } = await mirror(database());
    await expect.poll(() => attempts, patience).toEqual([1]);
    const stoppedAt = performance.now();
    await database().mirrors.stop();
    expect(performance.now() - stoppedAt).toBeLessThan(5000);
    // Neither a lease nor a pause keeps the next process from it.
    await database().mirrors.start(
      asker(async (taskId, { attempt }) => {
        attempts.push(attempt);
        return end(database(), taskId);
      }),
    );
    await expect.poll(() => stateOf(database(), id), patience).toBe("succeeded");
    expect(attempts).toEqual([1, 1]);
  });
});

describe.skipIf(serverUrl === undefined)("two processes on one server", () => {
  it("ask for a task one at a time, and it ends once", async () => {
    const { url, drop } = await createServerDatabase();
    const open = () => openDatabase({ ...parts, url, folder: "", server });
    const [one, two] = await Promise.all([open(), open()]);
    const attempts: number[] = [];
    let [asking, most] = [0, 0];
    const ask = (by: Database) =>
      asker(async (id, { attempt }) => {
        most = Math.max(most, ++asking);
        attempts.push(attempt);
        await setTimeout(30);
        asking -= 1;
        return attempt < 6 ? 50 : end(by, id);
      });
    await Promise.all([one.mirrors.start(ask(one)), two.mirrors.start(ask(two))]);
    const { id } = await mirror(one);
    await expect.poll(() => stateOf(two, id), patience).toBe("succeeded");
    expect([attempts, most]).toEqual([[1, 2, 3, 4, 5, 6], 1]);
    await Promise.all([one.close(), two.close()]);
    await drop();
  });
});
