import { everywhere } from "../../service/visible.js";
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { RequestScope } from "../../../src/core/request-scope.js";
import { RequestLeftError } from "../../../src/core/store.js";
import { openDatabase } from "../../../src/persistence/database.js";
import {
  administrate,
  createCollection,
  createServerDatabase,
  describeOnEachDatabase,
  parts,
  server,
  serverUrl,
} from "../databases.js";
import { enqueue, finish, patience, worker } from "./queue-work.js";

describeOnEachDatabase("the task queue", (database) => {
  afterEach(() => database().queue.stop());

  it("carries out tasks that were enqueued before it started", async () => {
    const ids = [await enqueue(database()), await enqueue(database())];
    const done = new Set<string>();
    await database().queue.start(
      worker(async (id) => {
        await finish(database(), id);
        done.add(id);
      }),
    );
    await expect.poll(() => ids.every((id) => done.has(id)), patience).toBe(true);
  });

  it("carries out every task once, and no more at one time than it may", async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => enqueue(database())));
    const seen: string[] = [];
    let [running, most] = [0, 0];
    await database().queue.start(
      worker(async (id) => {
        most = Math.max(most, ++running);
        await setTimeout(20);
        await finish(database(), id);
        seen.push(id);
        running--;
      }),
    );
    await expect.poll(() => seen.length, patience).toBe(12);
    await setTimeout(2 * parts.tasks.pollMs);
    expect(most).toBe(parts.tasks.concurrency);
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it("carries out a task as work of the program: the client of the request that enqueued it may leave", async () => {
    await database().queue.start(worker((id) => finish(database(), id)));
    const scope = new RequestScope();
    const { tasks } = database().storeOf(scope);
    const [id, collection] = [randomUUID(), await createCollection(database().store)];
    const enqueued = tasks.enqueue({ id, provider: "test", collection, payload: [], totalCount: 1 });
    scope.leave();
    expect(await enqueued).toBe("stored");
    await expect(tasks.tasksById(everywhere, [id])).rejects.toThrow(RequestLeftError);
    const { store } = database();
    await expect
      .poll(async () => (await store.tasks.tasksById(everywhere, [id]))[0]?.state, patience)
      .toBe("succeeded");
  });

  it("repeats a task whose work has failed", async () => {
    let attempts = 0;
    await database().queue.start(
      worker(async (id) => {
        attempts++;
        if (attempts === 1) throw new Error("not today");
        await finish(database(), id);
      }),
    );
    const id = await enqueue(database());
    await expect
      .poll(async () => (await database().store.tasks.tasksById(everywhere, [id]))[0]?.state, patience)
      .toBe("succeeded");
    expect(attempts).toBe(2);
  });

  it("waits for the work in progress when it is stopped, and takes no more", async () => {
    const ended: string[] = [];
    const started: string[] = [];
    await database().queue.start(
      worker(async (id) => {
        started.push(id);
        await setTimeout(200);
        await finish(database(), id);
        ended.push(id);
      }),
    );
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
  it("share the tasks, and one takes over the tasks that the other left", async () => {
    const { url, drop } = await createServerDatabase();
    const open = () => openDatabase({ ...parts, url, folder: "", server });
    const [one, two] = await Promise.all([open(), open()]);
    const abandoned = await enqueue(one);
    // The state that a process leaves when it dies during the work.
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
    await Promise.all([one.queue.start(worker(work)), two.queue.start(worker(work))]);
    const ids = await Promise.all(Array.from({ length: 10 }, (_, index) => enqueue(index % 2 === 0 ? one : two)));
    await expect.poll(() => seen.length, patience).toBe(11);
    expect(seen.toSorted()).toEqual([abandoned, ...ids].toSorted());
    expect(takenAfterMs).toBeGreaterThan(1900);
    await Promise.all([one.close(), two.close()]);
    await drop();
  });
});
