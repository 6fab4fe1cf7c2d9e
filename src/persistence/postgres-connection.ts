import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { StoreUnavailable } from "../core/store.js";
import { toAdapterFactory, withWholeScripts } from "./adapter-scripts.js";
import type { Connection } from "./connection.js";
import { ConnectFailure, guardAdapter } from "./guarded-adapter.js";
import { DatabaseUrlError, defaultSchema, readServerUrl, type ServerUrl } from "./server-url.js";
import { quoteName } from "./tables.js";

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

/** @throws DatabaseUrlError, StoreUnavailable */
export async function connectPostgres(url: string, options: ServerOptions, log: (error: unknown) => void): Promise<Connection> {
  const place = readServerUrl(url);
  const { schema, isPooled } = place;
  const config = toConfig(place, options);
  const pool = createPool({ ...config, max: options.poolSize }, isPooled ? [] : sessionSettings(options.statementTimeoutMs));
  pool.on("error", log);
  try {
    if (!isUtc(await readTimeZone(pool))) throw new DatabaseUrlError(zoneProblem);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    schema,
    adapters: toAdapters(pool, schema),
    executeSql: (text, values) => pool.query<Record<string, unknown>>(text, values && [...values]),
    waits: { startMs: options.connectTimeoutMs, runMs: options.statementTimeoutMs },
    isShared: true,
    description: describeServer(place),
    exclusively: (work) => exclusively(config, schema, work),
    close: () => pool.end(),
  };
}

/** Also has the schema there and on the search path, for what has no other way to name it, such as a migration. */
async function exclusively<T>(config: pg.PoolConfig, schema: string, work: (adapters: SqlMigrationAwareDriverAdapterFactory) => Promise<T>): Promise<T> {
  const holder = new pg.Client(config);
  const pool = createPool({ ...config, max: 1 }, [...sessionSettings(0), `SET search_path TO ${quoteName(schema)}`]);
  // Its loss shows in the next statement.
  holder.on("error", () => undefined);
  await holder.connect();
  try {
    await holder.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    // Asked first: who may not create a schema may not say so of one that exists.
    const { rows } = await holder.query("SELECT 1 FROM pg_namespace WHERE nspname = $1", [schema]);
    if (rows.length === 0) await holder.query(`CREATE SCHEMA ${quoteName(schema)}`);
    return await work(toAdapters(pool, schema));
  } finally {
    await pool.end();
    await holder.end();
  }
}

async function readTimeZone(pool: pg.Pool): Promise<string | undefined> {
  try {
    const { rows } = await pool.query<{ readonly zone: string }>("SELECT current_setting('TimeZone') AS zone");
    return rows[0]?.zone;
  } catch (error) {
    throw new StoreUnavailable("the database cannot be reached", "not-applied", { cause: causeOf(error) });
  }
}

/** The adapter reads every time as if it were in UTC. */
const zoneProblem = "with pgbouncer=true no session is told its time zone, and the server's is not UTC: set it with ALTER ROLE … SET timezone TO 'UTC'";

function isUtc(zone = ""): boolean {
  return /^(Etc\/)?(UTC|GMT)$/i.test(zone);
}

function toAdapters(pool: pg.Pool, schema: string): SqlMigrationAwareDriverAdapterFactory {
  const own = new PrismaPg(pool, { schema });
  return toAdapterFactory(own.adapterName, async () => {
    return guardAdapter(withWholeScripts(await own.connect(), (script) => pool.query(script)));
  });
}

function sessionSettings(statementTimeoutMs: number): readonly string[] {
  return ["SET TIME ZONE 'UTC'", `SET statement_timeout = ${statementTimeoutMs}`, `SET idle_in_transaction_session_timeout = ${statementTimeoutMs}`];
}

/** Sets what a session needs by statement, not in the start-up packet, which connection poolers refuse. */
function createPool(config: pg.PoolConfig, settings: readonly string[]): pg.Pool {
  if (settings.length === 0) return new TellingPool(config);
  // The pool waits for the answer, although its types do not say so.
  const onConnect = (client: pg.ClientBase): unknown => client.query(settings.join("; "));
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

function toConfig({ url }: ServerUrl, { tls, connectTimeoutMs }: ServerOptions): pg.PoolConfig {
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

function describeServer({ url, schema }: ServerUrl): string {
  const { hostname, port, pathname } = url;
  const place = schema === defaultSchema ? pathname.slice(1) : `${pathname.slice(1)}, schema ${schema},`;
  return `PostgreSQL ${place} at ${hostname}:${port || "5432"}`;
}

function causeOf(error: unknown): unknown {
  return error instanceof ConnectFailure ? error.cause : error;
}
