import type { Clock } from "../core/clock.js";
import type { PrismaClient } from "./generated/client.js";
import type { Log } from "../core/log.js";
import type { Tables } from "./tables.js";

const chunk = 1000;

export interface PurgeParts {
  readonly prisma: PrismaClient;
  readonly tables: Tables;
  readonly clock: Clock;
  readonly log: Log;
  readonly everyMs: number;
  /** Days that ended tasks of real services are kept; absent: as long as the database. */
  readonly mirrorDays?: number;
}

/**
 * Deletes expired rows periodically, in small chunks. Answers the function that stops it and waits for the round in
 * progress.
 */
export function schedulePurge({ prisma, tables, clock, log, everyMs, mirrorDays }: PurgeParts): () => Promise<void> {
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = round
      .then(async () => {
        await purge(() => deleteCredentials({ prisma, tables }, clock.now()));
        await purge(() => deleteClaims({ prisma, tables }, clock.now()));
        await purge(() => deleteRateUses({ prisma, tables }));
        if (mirrorDays !== undefined) {
          const endedBefore = new Date(clock.now().getTime() - mirrorDays * 24 * 3_600_000);
          await purge(() => deleteMirrors({ prisma, tables }, endedBefore));
        }
      })
      .catch((error: unknown) => log.warn({ error }, "purging failed"));
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await round;
  };
}

/** Repeats until a chunk is not full. */
async function purge(deleteChunk: () => Promise<number>): Promise<void> {
  while ((await deleteChunk()) === chunk);
}

function deleteCredentials({ prisma, tables }: Pick<PurgeParts, "prisma" | "tables">, now: Date): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM ${tables.credential} WHERE (provider, secret_sha256) IN (
      SELECT provider, secret_sha256 FROM ${tables.credential} WHERE expires_at <= ${now}::timestamptz LIMIT ${chunk} FOR UPDATE SKIP LOCKED)`;
}

function deleteClaims({ prisma, tables }: Pick<PurgeParts, "prisma" | "tables">, now: Date): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM ${tables.claim} WHERE (scope, key) IN (
      SELECT scope, key FROM ${tables.claim} WHERE expires_at <= ${now}::timestamptz LIMIT ${chunk} FOR UPDATE SKIP LOCKED)`;
}

/** By the clock of the database, as the rows are written. */
function deleteRateUses({ prisma, tables }: Pick<PurgeParts, "prisma" | "tables">): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM ${tables.rate_use} WHERE key IN (
      SELECT key FROM ${tables.rate_use} WHERE expires_at <= now() LIMIT ${chunk} FOR UPDATE SKIP LOCKED)`;
}

/** With their failures. Tasks of embedded services last as long as their collections. */
async function deleteMirrors(
  { prisma, tables }: Pick<PurgeParts, "prisma" | "tables">,
  endedBefore: Date,
): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ readonly deleted: number }]>`
    WITH ended AS (
      DELETE FROM ${tables.task} WHERE id IN (
        SELECT id FROM ${tables.task} WHERE upstream IS NOT NULL AND finished_at <= ${endedBefore}::timestamptz
        LIMIT ${chunk} FOR UPDATE SKIP LOCKED)
      RETURNING id
    ), failed AS (
      DELETE FROM ${tables.task_failure} WHERE task_id IN (SELECT id FROM ended)
    ) SELECT count(*)::int AS deleted FROM ended`;
  return row.deleted;
}
