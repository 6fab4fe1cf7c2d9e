import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../src/persistence/database.js";
import { administrate, createCollection, createServerDatabase, describeOnEachDatabase, parts, server, serverUrl } from "./databases.js";

const patience = { timeout: 20_000, interval: 20 };

describeOnEachDatabase("the task queue", (database) => {
  afterEach(() => database().queue.stop());

  it("works on a task at once when it is taken in", async () => {
    const done: string[] = [];
    await database().queue.start(async (id) => {
      await finish(database(), id);
      done.push(id);
    });
    const before = performance.now();
    const id = await enqueue(database());
    await expect.poll(() => done, patience).toEqual([id]);
    // Far below any polling interval that would be polite.
    expect(performance.now() - before).toBeLessThan(2000);
    expect((await database().store.tasks.tasksById([id]))[0]?.state).toBe("succeeded");
  });

  it("works on tasks that were taken in before it started", async () => {
    const ids = [await enqueue(database()), await enqueue(database())];
    const done = new Set<string>();
    await database().queue.start(async (id) => {
      await finish(database(), id);
      done.add(id);
    });
    await expect.poll(() => ids.every((id) => done.has(id)), patience).toBe(true);
  });

  it("works on no more tasks at one time than it may, and on every one once", async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => enqueue(database())));
    const seen: string[] = [];
    let [running, most] = [0, 0];
    await database().queue.start(async (id) => {
      most = Math.max(most, ++running);
      await setTimeout(20);
      await finish(database(), id);
      seen.push(id);
      running--;
    });
    await expect.poll(() => seen.length, patience).toBe(12);
    expect(most).toBe(parts.tasks.concurrency);
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it("tries a task again whose work has failed", async () => {
    let attempts = 0;
    await database().queue.start(async (id) => {
      attempts++;
      if (attempts === 1) throw new Error("not today");
      await finish(database(), id);
    });
    const id = await enqueue(database());
    await expect.poll(async () => (await database().store.tasks.tasksById([id]))[0]?.state, patience).toBe("succeeded");
    expect(attempts).toBe(2);
  });

  it("waits for the work in hand when it is stopped, and takes no more", async () => {
    const ended: string[] = [];
    const started: string[] = [];
    await database().queue.start(async (id) => {
      started.push(id);
      await setTimeout(200);
      await finish(database(), id);
      ended.push(id);
    });
    const id = await enqueue(database());
    await expect.poll(() => started, patience).toEqual([id]);
    await database().queue.stop();
    expect(ended).toEqual([id]);
    const later = await enqueue(database());
    await setTimeout(300);
    expect(started).toEqual([id]);
    await finish(database(), later);
  });
});

describe.skipIf(serverUrl === undefined)("two processes on one server", () => {
  it("share the tasks, and one takes over what the other left", async () => {
    const { url, drop } = await createServerDatabase();
    const open = () => openDatabase({ ...parts, url, folder: "", server });
    const [one, two] = await Promise.all([open(), open()]);
    const abandoned = await enqueue(one);
    // As a process leaves it that died in the middle of the work: its job taken, its lease run out.
    await administrate("UPDATE pgboss.job SET state = 'active', started_on = now()", url);
    await administrate("UPDATE task SET leased_until = now() + interval '2 seconds'", url);
    const leasedAt = performance.now();
    let takenAfterMs = 0;
    const seen: string[] = [];
    const work = async (id: string) => {
      if (id === abandoned) takenAfterMs = performance.now() - leasedAt;
      seen.push(id);
      await setTimeout(30);
      await finish(one, id);
    };
    await Promise.all([one.queue.start(work), two.queue.start(work)]);
    const ids = await Promise.all(Array.from({ length: 10 }, (_, index) => enqueue(index % 2 === 0 ? one : two)));
    await expect.poll(() => seen.length, patience).toBe(11);
    expect(seen.toSorted()).toEqual([abandoned, ...ids].toSorted());
    expect(takenAfterMs).toBeGreaterThan(1900);
    await Promise.all([one.close(), two.close()]);
    await drop();
  });
});

async function enqueue(database: Database): Promise<string> {
  const id = randomUUID();
  const collection = await createCollection(database.store);
  await database.store.tasks.enqueue({ id, provider: "test", collection, payload: [], totalCount: 1 });
  return id;
}

async function finish(database: Database, id: string): Promise<void> {
  const pending = await database.store.tasks.pendingTask(id);
  if (pending === undefined) return;
  const batch = { collection: pending.collection, records: [{ fields: {} }] };
  await database.store.tasks.finish({ taskId: id, state: "succeeded", failCount: 0, batch, uniqueValues: [], failures: [] });
}
