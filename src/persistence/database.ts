import type { Clock, IdSource } from "../core/clock.js";
import type { Log } from "../core/log.js";
import { programScope } from "../core/request-scope.js";
import type { Store, StoreOf } from "../core/store.js";
import type { MirrorQueue, TaskQueue } from "../core/task.js";
import type { Connection } from "./connection/connection.js";
import { PrismaClient } from "./generated/client.js";
import { applyMigrations } from "./migrations/migrations.js";
import type { ServerOptions } from "./connection/postgres-connection.js";
import { SignsOfLife } from "./connection/signs-of-life.js";
import { schedulePurge } from "./purge.js";
import { createRateLimits } from "./rates/rate-limits.js";
import { readJsonSize, storedJsonSize } from "./reading/json-size.js";
import { openPageKeys } from "./reading/page-keys.js";
import { ScopedStore } from "./scoped-store.js";
import { openRecordGroups } from "./stores/record-groups.js";
import { tablesOf } from "./tables.js";
import { TaskLeases } from "./tasks/task-leases.js";
import type { TaskQueueOptions } from "./tasks/lease-pump.js";
import { PolledMirrorQueue } from "./tasks/mirror-queue.js";
import { PolledTaskQueue } from "./tasks/task-queue.js";

const memoryUrl = "memory:";
const purgeMs = 10 * 60_000;
const readyMs = 2000;

export interface DatabaseParts {
  readonly clock: Clock;
  readonly ids: Pick<IdSource, "uuid">;
  readonly log: Log;
  readonly tasks: TaskQueueOptions;
  /** Days that ended tasks of real services are kept; absent: as long as the database. */
  readonly mirrorDays?: number;
}

export interface DatabaseOptions extends DatabaseParts {
  /** `postgres://…` for a server, `memory:` for a fresh one in this process, absent for files in `folder`. */
  readonly url?: string | undefined;
  readonly folder: string;
  readonly server: ServerOptions;
}

export interface Database {
  /** For work of the program itself. */
  readonly store: Store;
  readonly storeOf: StoreOf;
  readonly queue: TaskQueue;
  readonly mirrors: MirrorQueue;
  /** Location of the data, for people; without secrets. */
  readonly description: string;
  isReady(): Promise<boolean>;
  /** Stops the queues first. */
  close(): Promise<void>;
}

/**
 * @throws FolderError when the folder cannot be opened, DatabaseUrlError for a URL that is not supported,
 * StoreUnavailableError when the server cannot be reached, MigrationError.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const connection = await connect(options);
  return openOn(connection, options);
}

/** Owns the connection: closes it with the database, or when opening fails. */
export async function openOn(connection: Connection, parts: DatabaseParts): Promise<Database> {
  try {
    await applyMigrations(connection, parts);
    return await assembleDatabase(connection, parts);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Loads only the modules that this kind of database needs. */
async function connect({ url, folder, server, log }: DatabaseOptions): Promise<Connection> {
  if (url === undefined) return (await import("./pglite/pglite-folder.js")).connectFolder(folder, log);
  if (url === memoryUrl) return (await import("./pglite/memory-connection.js")).connectMemory();
  const { connectPostgres } = await import("./connection/postgres-connection.js");
  return connectPostgres(url, server, log);
}

async function assembleDatabase(
  connection: Connection,
  { clock, ids, log, tasks, mirrorDays }: DatabaseParts,
): Promise<Database> {
  const signs = new SignsOfLife();
  const adapters = signs.watch(connection.adapters);
  const prisma = new PrismaClient({
    adapter: adapters,
    errorFormat: "minimal",
    transactionOptions: { maxWait: connection.waits.startMs, timeout: connection.waits.runMs },
  });
  const tables = tablesOf(connection.schema);
  const jsonSize = connection.tellsCompression ? storedJsonSize : readJsonSize;
  const [adapter, pageKeys] = await Promise.all([adapters.connect(), openPageKeys(prisma, tables)]);
  const parts = { prisma, adapter, tables, clock, ids, pageKeys, jsonSize };
  const queueParts = { isShared: connection.isShared, clock, log, options: tasks };
  const queue = new PolledTaskQueue({ leases: new TaskLeases(parts, "imports"), ...queueParts });
  const mirrors = new PolledMirrorQueue({ leases: new TaskLeases(parts, "mirrors"), ...queueParts });
  const onTask = { onEnqueued: () => queue.wake(), onMirrored: () => mirrors.wake() };
  const resources = {
    ...{ parts, onTask, groups: openRecordGroups(parts), callsOfRequest: connection.callsOfRequest },
    rates: createRateLimits(connection.isShared ? parts : undefined),
  };
  const storeOf: StoreOf = (scope) => new ScopedStore(resources, scope);
  const stopPurge = schedulePurge({ prisma, tables, clock, log, everyMs: purgeMs, mirrorDays });
  return {
    store: storeOf(programScope),
    storeOf,
    queue,
    mirrors,
    description: connection.description,
    isReady: () => answersInTime(connection, signs),
    async close() {
      await Promise.all([queue.stop(), mirrors.stop()]);
      await stopPurge();
      await prisma.$disconnect();
      await adapter.dispose();
      await connection.close();
    },
  };
}

async function answersInTime({ executeSql }: Connection, signs: SignsOfLife): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, readyMs, false).unref());
  const answer = executeSql("SELECT 1").then(
    () => true,
    () => false,
  );
  let forget: (() => void) | undefined;
  const sign = new Promise<true>((resolve) => {
    forget = signs.listen(() => resolve(true));
  });
  return Promise.race([answer, sign, late]).finally(forget);
}
