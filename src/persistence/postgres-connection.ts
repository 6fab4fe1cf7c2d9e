import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { StoreUnavailable } from "../core/store.js";
import { toAdapterFactory, withWholeScripts } from "./adapter-scripts.js";
import type { Connection } from "./connection.js";
import { ConnectFailure, guardAdapter } from "./guarded-adapter.js";

/** What a connection to a server needs beyond its URL. */
export interface ServerOptions {
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** `on` encrypts, `verify` also checks the certificate; absent: as `sslmode` in the URL says. */
  readonly tls?: "off" | "on" | "verify" | undefined;
}

// Any number will do that no other program uses on the same database: "recordgate" in ASCII, cut to 63 bits.
const migrationLock = "8241988031013775463";

export async function connectPostgres(url: string, options: ServerOptions, log: (error: unknown) => void): Promise<Connection> {
  const config = toConfig(url, options);
  const pool = createPool({ ...config, max: options.poolSize }, options.statementTimeoutMs);
  pool.on("error", log);
  try {
    await pool.query("SELECT 1");
  } catch (error) {
    await pool.end();
    throw new StoreUnavailable("the database cannot be reached", "not-applied", { cause: causeOf(error) });
  }
  return {
    adapters: toAdapters(pool),
    executeSql: (text, values) => pool.query<Record<string, unknown>>(text, values && [...values]),
    waits: { startMs: options.connectTimeoutMs, runMs: options.statementTimeoutMs },
    isShared: true,
    description: describeServer(url),
    exclusively: (work) => exclusively(config, work),
    close: () => pool.end(),
  };
}

async function exclusively<T>(config: pg.PoolConfig, work: (adapters: SqlMigrationAwareDriverAdapterFactory) => Promise<T>): Promise<T> {
  const holder = new pg.Client(config);
  const pool = createPool({ ...config, max: 1 }, 0);
  // Its loss shows in the next statement.
  holder.on("error", () => undefined);
  await holder.connect();
  try {
    await holder.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    return await work(toAdapters(pool));
  } finally {
    await pool.end();
    await holder.end();
  }
}

function toAdapters(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const own = new PrismaPg(pool);
  return toAdapterFactory(own.adapterName, async () => {
    return guardAdapter(withWholeScripts(await own.connect(), (script) => pool.query(script)));
  });
}

/** Sets what a session needs by statement, not in the start-up packet, which connection poolers refuse. */
function createPool(config: pg.PoolConfig, statementTimeoutMs: number): pg.Pool {
  const session = `SET TIME ZONE 'UTC'; SET statement_timeout = ${statementTimeoutMs}; SET idle_in_transaction_session_timeout = ${statementTimeoutMs}`;
  // The pool waits for the answer, although its types do not say so.
  const onConnect = (client: pg.ClientBase): unknown => client.query(session);
  return new TellingPool({ ...config, onConnect });
}

/** Tells a connection that could not be had from one that broke while it was in use. */
class TellingPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Parameters<pg.Pool["connect"]>[0]): void;
  override connect(callback?: Parameters<pg.Pool["connect"]>[0]): Promise<pg.PoolClient> | undefined {
    if (callback === undefined) return super.connect().catch((error: unknown) => Promise.reject(new ConnectFailure(error)));
    super.connect((error, client, release) => callback(error && new ConnectFailure(error), client, release));
    return undefined;
  }
}

function toConfig(url: string, { tls, connectTimeoutMs }: ServerOptions): pg.PoolConfig {
  const place = new URL(url);
  // What stands in the URL would win.
  if (tls !== undefined) place.searchParams.delete("sslmode");
  return {
    connectionString: place.href,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    application_name: "recordgate",
    ...(tls !== undefined && { ssl: tls === "off" ? false : { rejectUnauthorized: tls === "verify" } }),
  };
}

function describeServer(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `PostgreSQL ${pathname.slice(1)} at ${hostname}:${port || "5432"}`;
}

function causeOf(error: unknown): unknown {
  return error instanceof ConnectFailure ? error.cause : error;
}
