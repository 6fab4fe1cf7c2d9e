import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { StoreUnavailableError } from "../../core/store.js";
import type { Connection, ExecuteSql, LockWait, SqlRow } from "./connection.js";
import { FairQueue } from "./fair-queue.js";
import { ConnectError, guardAdapter } from "./guarded-adapter.js";
import { describeConnectProblem } from "./connect-problem.js";
import { queueAdapter } from "./queued-adapter.js";
import { takeMigrationLock } from "../migrations/migration-lock.js";
import { DatabaseUrlError, defaultSchema, readServerUrl, type ServerUrl } from "./server-url.js";

/** Settings of a connection to a server beside its URL. */
export interface ServerOptions {
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** `on` encrypts, `verify` also checks the certificate; absent: `sslmode` of the URL decides. */
  readonly tls?: "off" | "on" | "verify" | undefined;
}

/** @throws DatabaseUrlError, StoreUnavailableError */
export async function connectPostgres(
  url: string,
  options: ServerOptions,
  log: (error: unknown) => void,
): Promise<Connection> {
  const place = readServerUrl(url);
  const { schema, isPooled } = place;
  const config = toConfig(place, options);
  const pool = createPool(
    { ...config, max: options.poolSize },
    isPooled ? [] : sessionSettings(options.statementTimeoutMs),
  );
  pool.on("error", log);
  try {
    if (!isUtc(await readTimeZone(pool, place))) throw new DatabaseUrlError(wrongTimeZone);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    schema,
    adapters: toServerAdapters(pool, schema, new FairQueue({ slots: options.poolSize, rests: false })),
    executeSql: executeOnServer(pool),
    waits: { startMs: options.connectTimeoutMs, runMs: options.statementTimeoutMs },
    isShared: true,
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
    const answer = await target.query<SqlRow>(text, values && [...values]);
    const results: pg.QueryResult<SqlRow> | readonly pg.QueryResult<SqlRow>[] = answer;
    return [results].flat().at(-1) ?? { rows: [] };
  };
}

async function readTimeZone(pool: pg.Pool, place: ServerUrl): Promise<string | undefined> {
  try {
    const { rows } = await pool.query<{ readonly zone: string }>("SELECT current_setting('TimeZone') AS zone");
    return rows[0]?.zone;
  } catch (error) {
    const cause = causeOf(error);
    const message = `${describeServer(place)} cannot be reached${describeConnectProblem(cause, place)}`;
    throw new StoreUnavailableError(message, "not-applied", { cause });
  }
}

/** The adapter reads every time as UTC. */
const wrongTimeZone =
  "with pgbouncer=true no session is told its time zone, and the server's is not UTC: set it with ALTER ROLE … SET timezone TO 'UTC'";

function isUtc(zone = ""): boolean {
  return /^(Etc\/)?(UTC|GMT)$/i.test(zone);
}

function toServerAdapters(pool: pg.Pool, schema: string, queue: FairQueue): SqlDriverAdapterFactory {
  const factory = new PrismaPg(pool, { schema });
  const connect = async () => queueAdapter(guardAdapter(await factory.connect()), queue);
  return { provider: factory.provider, adapterName: factory.adapterName, connect };
}

function sessionSettings(statementTimeoutMs: number): readonly string[] {
  return [
    "SET TIME ZONE 'UTC'",
    `SET statement_timeout = ${statementTimeoutMs}`,
    `SET idle_in_transaction_session_timeout = ${statementTimeoutMs}`,
  ];
}

/** Sets session parameters by statement: connection poolers refuse them in the start-up packet. */
function createPool(config: pg.PoolConfig, settings: readonly string[]): pg.Pool {
  if (settings.length === 0) return new TellingPool(config);
  // The pool waits for the promise, although its types declare no result.
  const onConnect = (client: pg.ClientBase): unknown => client.query(settings.join("; "));
  return new TellingPool({ ...config, onConnect });
}

/** Distinguishes a connection that was never established from one that broke in use. */
class TellingPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Parameters<pg.Pool["connect"]>[0]): void;
  override connect(callback?: Parameters<pg.Pool["connect"]>[0]): Promise<pg.PoolClient> | undefined {
    if (callback === undefined)
      return super.connect().catch((error: unknown) => Promise.reject(new ConnectError(error)));
    super.connect((error, client, release) => callback(error && new ConnectError(error), client, release));
    return undefined;
  }
}

function toConfig({ url }: ServerUrl, { tls, connectTimeoutMs }: ServerOptions): pg.PoolConfig {
  const place = new URL(url);
  // A parameter in the URL would override the setting.
  if (tls !== undefined) place.searchParams.delete("sslmode");
  return {
    connectionString: place.href,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    application_name: "recordgate",
    ...(tls !== undefined && { ssl: tls === "off" ? false : { rejectUnauthorized: tls === "verify" } }),
  };
}

function describeServer({ url, schema }: ServerUrl): string {
  const { hostname, port, pathname } = url;
  const place = schema === defaultSchema ? pathname.slice(1) : `${pathname.slice(1)}, schema ${schema},`;
  return `PostgreSQL ${place} at ${hostname}:${port || "5432"}`;
}

function causeOf(error: unknown): unknown {
  return error instanceof ConnectError ? error.cause : error;
}
