import { setImmediate as nextTurn } from "node:timers/promises";
import type { BatchOutcome } from "../../core/collection.js";
import type { NewRecords, WriteBatch } from "../../core/record.js";
import { Prisma } from "../generated/client.js";
import { repeatConflicts } from "../sql-state.js";
import { cutNewRows, type NewRows, type RowsLimit, toNewRows } from "./new-rows.js";
import { insertNewRows, insertWritable, versionOfRecords } from "./prepared-insert.js";
import type { StoreParts } from "./store-parts.js";
import { toOutcome } from "./write-outcome.js";

/** The most that an insert stores with one statement. */
const maxAtOnce: RowsLimit = { count: 5000, bytes: 8 * 1_048_576 };

/** A statement of a larger insert: the embedded database answers nothing else while it carries out one. */
const slice: RowsLimit = { count: 2000, bytes: 1_048_576 };

/** The whole transaction; the settings of the connection bound each statement. */
const maxTransactionMs = 30 * 60_000;

/** The rows of an insert that one statement stores; undefined when they are too many. @throws UnstorableValueError */
export function toRowsAtOnce(records: NewRecords): NewRows | undefined {
  if (records.length > maxAtOnce.count) return undefined;
  const [rows = toNewRows(records)] = cutNewRows(records, maxAtOnce);
  return rows.count === records.length ? rows : undefined;
}

/**
 * Stores a large batch with several statements of one transaction, so that other clients are answered between them. The
 * first one locks the collection and takes the claim. @throws UnstorableValueError
 */
export function insertInSlices(batch: WriteBatch, { prisma, tables, clock }: StoreParts): Promise<BatchOutcome> {
  const now = clock.now();
  const parts = { tables, clock: { now: () => now } };
  return repeatConflicts(() =>
    prisma.$transaction((transaction) => insertEach(batch, parts, transaction), { timeout: maxTransactionMs }),
  );
}

async function insertEach(
  batch: WriteBatch,
  parts: Pick<StoreParts, "tables" | "clock">,
  transaction: Prisma.TransactionClient,
): Promise<BatchOutcome> {
  const version = versionOfRecords(batch);
  const locked = Prisma.sql`target AS (SELECT ${batch.collection.id}::uuid AS id)`;
  let outcome: BatchOutcome | undefined;
  let running: Promise<unknown> = Promise.resolve();
  try {
    for (const rows of cutNewRows(batch.records, slice)) {
      await running;
      if (outcome === undefined) outcome = toOutcome(await transaction.$queryRaw(insertWritable(batch, rows, parts)));
      else if (outcome === "stored")
        running = runNow(transaction.$executeRaw`WITH ${locked} ${insertNewRows("target", { version, rows }, parts)}`);
      // The statement is sent, and the next rows are packed while a server carries it out. Also without a statement: a
      // value that cannot be stored refuses the batch whatever its outcome is.
      await nextTurn();
    }
    await running;
  } finally {
    // The transaction ends after its last statement.
    await running.catch(() => undefined);
  }
  return outcome ?? "stale";
}

/** Prisma begins a statement when it is first awaited. The error is that of the answered promise. */
function runNow(statement: PromiseLike<unknown>): Promise<unknown> {
  const running = Promise.resolve(statement);
  running.catch(() => undefined);
  return running;
}
