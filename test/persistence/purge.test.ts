import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/persistence/connection/connection.js";
import { PrismaClient } from "../../src/persistence/generated/client.js";
import { applyMigrations } from "../../src/persistence/migrations/migrations.js";
import { connectPglite } from "../../src/persistence/pglite/pglite-connection.js";
import { createPglite } from "../../src/persistence/pglite/pglite.js";
import { connectPostgres } from "../../src/persistence/connection/postgres-connection.js";
import { schedulePurge } from "../../src/persistence/purge.js";
import { tablesOf } from "../../src/persistence/tables.js";
import { createServerDatabase, parts, server, serverUrl, silentLog } from "./databases.js";

/** 1,200 mirrored tasks that ended 31 days ago, one yesterday, one that has not ended, an old import; with a failure each. */
async function fillTasks(prisma: PrismaClient): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO task (id, provider, collection_id, collection_version, upstream, upstream_task_id, state, total_count, created_at, finished_at)
    SELECT id, 'p', collection::uuid, CASE WHEN collection IS NULL THEN NULL ELSE 1 END, upstream, upstream, state::task_state, 1,
      now() - interval '40 days', now() - days * interval '1 day'
    FROM (
      SELECT 'old ' || i AS id, NULL AS collection, 'default' AS upstream, 'failed' AS state, 31 AS days
      FROM generate_series(1, 1200) AS i
      UNION ALL VALUES ('recent', NULL, 'default', 'succeeded', 1), ('pending', NULL, 'default', 'pending', NULL),
        ('import', '550e8400-e29b-41d4-a716-446655440000', NULL, 'failed', 31)
    ) AS given`;
  await prisma.$executeRaw`INSERT INTO task_failure (task_id, position, message) SELECT id, 0, 'no' FROM task`;
}

async function expectPurged(connection: Connection): Promise<void> {
  await applyMigrations(connection, parts);
  const prisma = new PrismaClient({ adapter: connection.adapters });
  await prisma.$executeRaw`
    INSERT INTO credential (provider, secret_sha256, principal, expires_at)
    SELECT 'p', i::text, 'x', now() - interval '1 hour' FROM generate_series(1, 2500) AS i`;
  await prisma.credential.create({ data: { provider: "p", secretSha256: "lasting", principal: "x" } });
  await prisma.$executeRaw`
    INSERT INTO claim (scope, key, result, expires_at)
    SELECT 's', i::text, '[]', now() + (i - 2400) * interval '1 hour' - interval '1 minute' FROM generate_series(1, 2401) AS i`;
  await prisma.$executeRaw`
    INSERT INTO rate_use (key, points, expires_at)
    SELECT i::text, 1, now() + (i - 1500) * interval '1 hour' - interval '1 minute' FROM generate_series(1, 1501) AS i`;
  await fillTasks(prisma);
  const purging = { prisma, tables: tablesOf(connection.schema), clock: parts.clock, log: parts.log, everyMs: 20 };
  const stop = schedulePurge(purging);
  await expect.poll(() => prisma.rateUse.count(), { timeout: 5000 }).toBe(1);
  await stop();
  expect(await prisma.task.count()).toBe(1203);
  const stopWithDays = schedulePurge({ ...purging, mirrorDays: 30 });
  await expect.poll(() => prisma.task.count(), { timeout: 5000 }).toBe(3);
  await stopWithDays();
  const kept = ["import", "pending", "recent"];
  expect((await prisma.task.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id)).toEqual(kept);
  expect((await prisma.taskFailure.findMany({ orderBy: { taskId: "asc" } })).map(({ taskId }) => taskId)).toEqual(kept);
  expect((await prisma.credential.findMany()).map((credential) => credential.secretSha256)).toEqual(["lasting"]);
  expect((await prisma.claim.findMany()).map((claim) => claim.key)).toEqual(["2401"]);
  expect((await prisma.rateUse.findMany()).map(({ key }) => key)).toEqual(["1501"]);
  await prisma.$disconnect();
  await connection.close();
}

describe("the purge removes expired credentials, claims, counts of rates, and old tasks of real services", () => {
  it("embedded", async () => {
    await expectPurged(connectPglite(await createPglite(), { description: "test" }));
  });

  it.skipIf(serverUrl === undefined)("on a server", async () => {
    const { url, drop } = await createServerDatabase();
    await expectPurged(await connectPostgres(url, server, silentLog));
    await drop();
  });
});
