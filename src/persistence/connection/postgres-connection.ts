import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type pg from "pg";
import type { Log } from "../../core/log.js";
import { OperatorError } from "../../core/operator-error.js";
import { StoreUnavailableError } from "../../core/store.js";
import { takeMigrationLock } from "../migrations/migration-lock.js";
import { describeConnectProblem } from "./connect-problem.js";
import type { Connection, ExecuteSql, LockWait, SqlRow } from "./connection.js";
import { DatabaseUrlError } from "./database-url-error.js";
import { StatementQueue } from "./statement-queue.js";
import { ConnectError, guardAdapter } from "./guarded-adapter.js";
import { isLentByTransaction } from "./hidden-pooler.js";
import { startPatiently } from "./patient-start.js";
import { queueAdapter } from "./queued-adapter.js";
import { readServerFacts, refuseUnusableServer, type ServerFacts } from "./server-facts.js";
import { ServerPool } from "./server-pool.js";
import { defaultSchema, readServerUrl, type ServerUrl } from "./server-url.js";
import { StatementNames } from "./statement-names.js";
import { takeTlsPlan, type TlsSetting } from "./tls.js";

/** Settings of a connection to a server beside its URL. */
export interface ServerOptions {
  readonly poolSize: number;
  /** The longest wait for a connection, and at the start for a server that is not there yet. */
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** Absent: `sslmode` of the URL decides. */
  readonly tls?: TlsSetting | undefined;
}

/** @throws DatabaseUrlError, StoreUnavailableError, UnusableServerError */
export async function connectPostgres(url: string, options: ServerOptions, log: Log): Promise<Connection> {
  const place = readServerUrl(url);
  const { schema } = place;
  const pool = createPool(place, options);
  pool.on("error", (error) => log.warn({ error }, "a connection to the database broke while it was idle"));
  let facts: ServerFacts;
  try {
    facts = await checkServer(pool, place, { forMs: options.connectTimeoutMs, log });
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    schema,
    adapters: toServerAdapters(pool, place, new StatementQueue({ slots: options.poolSize, rests: false })),
    executeSql: executeOnServer(pool),
    waits: { startMs: options.connectTimeoutMs, runMs: options.statementTimeoutMs },
    callsOfRequest: Math.ceil(options.poolSize / 2),
    isShared: true,
    tellsCompression: facts.version >= 140_000,
    description: describeServer(place),
    exclusively: (wait, work) => exclusively(pool, wait, work),
    close: () => pool.end(),
  };
}

async function exclusively(pool: pg.Pool, wait: LockWait, work: (execute: ExecuteSql) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  const execute = executeOnServer(client);
  try {
    await execute("BEGIN");
    await takeMigrationLock(execute, wait);
    await work(execute);
    await execute("COMMIT");
    client.release();
  } catch (error) {
    // Ends the session, which rolls back its transaction.
    client.release(true);
    throw error;
  }
}

/** The driver answers several results for several statements in one text, although its types declare one. */
function executeOnServer(target: pg.Pool | pg.PoolClient): ExecuteSql {
  return async (text, values) => {
    const answer = await target.query<SqlRow>(text, values && [...values]).catch(throwLostConnection);
    const results: pg.QueryResult<SqlRow> | readonly pg.QueryResult<SqlRow>[] = answer;
    return [results].flat().at(-1) ?? { rows: [] };
  };
}

/** Errors of PostgreSQL itself have a severity; without one no answer came. */
function throwLostConnection(error: unknown): never {
  if (error instanceof Error && "severity" in error) throw error;
  const problem = error instanceof ConnectError ? "cannot be reached" : "closed the connection";
  throw new StoreUnavailableError(`the database ${problem}`, "unknown", { cause: error });
}

async function checkServer(
  pool: pg.Pool,
  place: ServerUrl,
  { forMs, log }: { readonly forMs: number; readonly log: Log },
): Promise<ServerFacts> {
  const description = describeServer(place);
  const describe = (cause: unknown): string =>
    `${description} cannot be reached${describeConnectProblem(cause, place)}`;
  const onWait = (cause: unknown): void => log.warn({ forMs }, `${describe(cause)}; the start tries again`);
  try {
    const facts = await startPatiently(() => readServerFacts(pool), { forMs, onWait });
    refuseUnusableServer(facts, place, description);
    return facts;
  } catch (error) {
    const cause = causeOf(error);
    if (cause instanceof OperatorError) throw cause;
    throw new StoreUnavailableError(describe(cause), "not-applied", { cause });
  }
}

function toServerAdapters(
  pool: pg.Pool,
  { schema, isPooled }: ServerUrl,
  queue: StatementQueue,
): SqlDriverAdapterFactory {
  const names = new StatementNames();
  const factory = new PrismaPg(pool, { schema, ...(!isPooled && { statementNameGenerator: names.nameOf }) });
  const connect = async () => queueAdapter(guardAdapter(names.around(await factory.connect())), queue);
  return { provider: factory.provider, adapterName: factory.adapterName, connect };
}

function sessionSettings(statementTimeoutMs: number): readonly string[] {
  return [
    "SET TIME ZONE 'UTC'",
    "SET default_transaction_isolation = 'read committed'",
    `SET statement_timeout = ${statementTimeoutMs}`,
    `SET idle_in_transaction_session_timeout = ${statementTimeoutMs}`,
  ];
}

function createPool(place: ServerUrl, options: ServerOptions): pg.Pool {
  const url = new URL(place.url);
  const tls = takeTlsPlan(url, options.tls);
  return new ServerPool({
    connectionString: url.href,
    tls,
    ...(!place.isPooled && { check: refusePooledSession, settings: sessionSettings(options.statementTimeoutMs) }),
    max: options.poolSize,
    connectionTimeoutMillis: options.connectTimeoutMs,
    keepAlive: true,
    application_name: "recordgate",
  });
}

/** Comes before the settings, which would reach other clients of the pooler. @throws DatabaseUrlError */
async function refusePooledSession(client: pg.ClientBase, options: pg.ClientConfig): Promise<void> {
  if (await isLentByTransaction(client, options))
    throw new DatabaseUrlError("a pooler in front of the server lends sessions by transaction; add pgbouncer=true");
}

function describeServer({ url, schema }: ServerUrl): string {
  const { hostname, port, pathname, username } = url;
  // As libpq does: a database without a name is that of the user.
  const database = pathname.slice(1) || username;
  const place = schema === defaultSchema ? database : `${database}, schema ${schema},`;
  return `PostgreSQL ${place} at ${hostname}:${port || "5432"}`;
}

function causeOf(error: unknown): unknown {
  return error instanceof ConnectError ? error.cause : error;
}
