import { everywhere } from "../../service/visible.js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Database, openOn } from "../../../src/persistence/database.js";
import { connectPglite } from "../../../src/persistence/pglite/pglite-connection.js";
import { createPglite } from "../../../src/persistence/pglite/pglite.js";
import { connectPostgres } from "../../../src/persistence/connection/postgres-connection.js";
import type { Connection } from "../../../src/persistence/connection/connection.js";
import { createCollection, createServerDatabase, parts, server, serverUrl, silentLog } from "../databases.js";
import { enqueue, finish, patience, worker } from "./queue-work.js";

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

    const stateOf = async (id: string) => (await database.store.tasks.tasksById(everywhere, [id]))[0]?.state;
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
      const [task] = await database.store.tasks.tasksById(everywhere, [id]);
      expect(task).toMatchObject({
        totalCount: 1,
        successCount: 0,
        failCount: 1,
        error: { kind: "internal", message },
      });
      expect(await database.store.tasks.failurePages(everywhere, [{ ownerId: id, first: 5 }])).toMatchObject([
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
    return { connection: await connectPostgres(url, server, silentLog), drop };
  });
});
