import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { TaskWork } from "../../../src/core/task.js";
import { type Database, openDatabase, openOn } from "../../../src/persistence/database.js";
import { connectPglite } from "../../../src/persistence/pglite/pglite-connection.js";
import { createPglite } from "../../../src/persistence/pglite/pglite.js";
import { connectPostgres } from "../../../src/persistence/connection/postgres-connection.js";
import type { Connection } from "../../../src/persistence/connection/connection.js";
import {
  administrate,
  createCollection,
  createServerDatabase,
  describeOnEachDatabase,
  parts,
  server,
  serverUrl,
} from "../databases.js";

const patience = { timeout: 20_000, interval: 20 };

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
    await expect.poll(async () => (await database().store.tasks.tasksById([id]))[0]?.state, patience).toBe("succeeded");
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

/** A queue that does not poll again by itself, over rows that the test reads and changes. */
function describeRows(name: string, open: () => Promise<{ connection: Connection; drop: () => Promise<void> }>): void {
  describe(name, () => {
    let database: Database;
    let execute: Connection["executeSql"];
    let drop: () => Promise<void>;
    beforeAll(async () => {
      const opened = await open();
      ({ drop } = opened);
      execute = opened.connection.executeSql;
      database = await openOn(opened.connection, { ...parts, tasks: { concurrency: 2, pollMs: 600_000 } });
    });
    afterEach(() => database.queue.stop());
    afterAll(async () => {
      await database.close();
      await drop();
    });

    const stateOf = async (id: string) => (await database.store.tasks.tasksById([id]))[0]?.state;
    const columnsOf = async (id: string) =>
      (await execute("SELECT attempts, leased_until, run_after FROM public.task WHERE id = $1", [id])).rows[0];

    it("takes a task as soon as it is enqueued", async () => {
      await database.queue.start(worker((id) => finish(database, id)));
      const id = await enqueue(database);
      await expect.poll(() => stateOf(id), patience).toBe("succeeded");
    });

    it("finds the pending tasks of an older version by their rows", async () => {
      const collection = await createCollection(database.store);
      const values = "('old-1', NULL::timestamptz), ('old-2', now() - interval '1 minute')";
      await execute(
        `INSERT INTO public.task (id, provider, collection_id, collection_version, total_count, payload, created_at, leased_until)
         SELECT id, 'test', $1::uuid, 1, 1, '[]', now(), leased_until FROM (VALUES ${values}) AS old (id, leased_until)`,
        [collection.id],
      );
      await database.queue.start(worker((id) => finish(database, id)));
      await expect
        .poll(() => Promise.all([stateOf("old-1"), stateOf("old-2")]), patience)
        .toEqual(["succeeded", "succeeded"]);
    });

    it("does not take the task of a provider that this process does not have", async () => {
      const foreign = await enqueue(database, "foreign");
      await database.queue.start(worker((id) => finish(database, id)));
      const own = await enqueue(database);
      await expect.poll(() => stateOf(own), patience).toBe("succeeded");
      expect(await columnsOf(foreign)).toEqual({ attempts: 0, leased_until: null, run_after: null });
      await database.queue.stop();
      await database.queue.start({ providers: ["foreign"], work: (id) => finish(database, id) });
      await expect.poll(() => stateOf(foreign), patience).toBe("succeeded");
    });

    it("doubles the pause after an attempt that failed or left the task pending", async () => {
      const ids = [await enqueue(database), await enqueue(database)];
      await execute("UPDATE public.task SET attempts = 3 WHERE id = ANY($1::text[])", [ids]);
      const { rows } = await execute("SELECT now() + interval '8 seconds' AS due");
      await database.queue.start(
        worker((id) => (id === ids[0] ? Promise.reject(new Error("not today")) : Promise.resolve())),
      );
      for (const id of ids) {
        await expect
          .poll(() => columnsOf(id), patience)
          .toMatchObject({ attempts: 4, leased_until: null, run_after: expect.any(Date) as unknown });
        const due = await execute(
          "SELECT run_after >= $2::timestamptz - interval '1 millisecond' AS late FROM public.task WHERE id = $1",
          [id, rows[0]?.["due"]],
        );
        expect(due.rows).toEqual([{ late: true }]);
      }
      await Promise.all(ids.map((id) => finish(database, id)));
    });

    it.each([
      ["the last attempt fails", 10, 1],
      ["processes died in all of them", 11, 0],
    ])("fails a task as internal when %s", async (_case, attempts, worked) => {
      const id = await enqueue(database);
      await execute("UPDATE public.task SET attempts = $2::int WHERE id = $1", [id, attempts]);
      let calls = 0;
      await database.queue.start(
        worker(async () => {
          calls++;
          throw new Error("never");
        }),
      );
      await expect.poll(() => stateOf(id), patience).toBe("failed");
      const message = "The import was given up after 11 attempts.";
      const [task] = await database.store.tasks.tasksById([id]);
      expect(task).toMatchObject({
        totalCount: 1,
        successCount: 0,
        failCount: 1,
        error: { kind: "internal", message },
      });
      expect(await database.store.tasks.failurePages([{ ownerId: id, first: 5 }])).toMatchObject([
        { items: [{ message }] },
      ]);
      expect(calls).toBe(worked);
    });
  });
}

describeRows("the rows of tasks, embedded", async () => ({
  connection: connectPglite(await createPglite(), { description: "test" }),
  drop: async () => undefined,
}));

describe.skipIf(serverUrl === undefined)("on a server", () => {
  describeRows("the rows of tasks", async () => {
    const { url, drop } = await createServerDatabase();
    return { connection: await connectPostgres(url, server, () => undefined), drop };
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

function worker(work: TaskWork["work"]): TaskWork {
  return { providers: ["test"], work };
}

async function enqueue(database: Database, provider = "test"): Promise<string> {
  const id = randomUUID();
  const collection = await createCollection(database.store);
  await database.store.tasks.enqueue({ id, provider, collection, payload: [], totalCount: 1 });
  return id;
}

async function finish(database: Database, id: string): Promise<void> {
  const pending = await database.store.tasks.pendingTask(id);
  if (pending === undefined) return;
  const batch = { collection: pending.collection, records: [{ fields: {} }] };
  await database.store.tasks.finish({
    taskId: id,
    state: "succeeded",
    failCount: 0,
    batch,
    uniqueValues: [],
    failures: [],
  });
}
