import { describe, expect, it } from "vitest";
import type { Connection } from "../../src/persistence/connection.js";
import { PrismaClient } from "../../src/persistence/generated/client.js";
import { openJobBoard } from "../../src/persistence/job-board.js";
import { applyMigrations } from "../../src/persistence/migrations.js";
import { connectPglite } from "../../src/persistence/pglite-connection.js";
import { createPglite } from "../../src/persistence/pglite.js";
import { connectPostgres } from "../../src/persistence/postgres-connection.js";
import { schedulePurge } from "../../src/persistence/purge.js";
import { tablesOf } from "../../src/persistence/tables.js";
import { createServerDatabase, parts, server, serverUrl } from "./databases.js";

async function expectPurged(connection: Connection): Promise<void> {
  await applyMigrations(connection, parts);
  const board = await openJobBoard(connection, (error) => expect(error).toBeUndefined());
  const prisma = new PrismaClient({ adapter: connection.adapters });
  await prisma.$executeRaw`
    INSERT INTO credential (provider, secret_sha256, principal, expires_at)
    SELECT 'p', i::text, 'x', now() - interval '1 hour' FROM generate_series(1, 2500) AS i`;
  await prisma.credential.create({ data: { provider: "p", secretSha256: "lasting", principal: "x" } });
  await prisma.$executeRaw`
    INSERT INTO claim (scope, key, result, expires_at)
    SELECT 's', i::text, '[]', now() + (i - 2400) * interval '1 hour' - interval '1 minute' FROM generate_series(1, 2401) AS i`;
  await board.sendAll(["a", "a", "b"]);
  const jobs = await board.take(10);
  expect(jobs.map((job) => job.taskId).toSorted()).toEqual(["a", "b"]);
  for (const job of jobs) await board.complete(job);
  await prisma.$executeRaw`UPDATE pgboss.job SET completed_on = now() - interval '2 days'`;
  const stop = schedulePurge({ prisma, tables: tablesOf(connection.schema), board, clock: parts.clock, log: parts.log, everyMs: 20 });
  await expect.poll(() => prisma.$queryRaw`SELECT count(*)::int AS jobs FROM pgboss.job`, { timeout: 5000 }).toEqual([{ jobs: 0 }]);
  await stop();
  expect((await prisma.credential.findMany()).map((credential) => credential.secretSha256)).toEqual(["lasting"]);
  expect((await prisma.claim.findMany()).map((claim) => claim.key)).toEqual(["2401"]);
  await board.close();
  await prisma.$disconnect();
  await connection.close();
}

describe("the purge removes expired credentials, expired claims and finished jobs", () => {
  it("embedded", async () => {
    await expectPurged(connectPglite(await createPglite(), { description: "test" }));
  });

  it.skipIf(serverUrl === undefined)("on a server", async () => {
    const { url, drop } = await createServerDatabase();
    await expectPurged(await connectPostgres(url, server, () => undefined));
    await drop();
  });
});
