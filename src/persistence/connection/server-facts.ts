import type pg from "pg";
import { OperatorError } from "../../core/operator-error.js";
import { DatabaseUrlError } from "./database-url-error.js";
import type { ServerUrl } from "./server-url.js";

/** The server answers, and the program cannot work with it. */
class UnusableServerError extends OperatorError {
  override readonly name = "UnusableServerError";
}

export interface ServerFacts {
  readonly version: number;
  readonly encoding: string;
  readonly zone: string;
  readonly isolation: string;
  readonly is_standby: boolean;
  readonly is_read_only: boolean;
}

const oldestMajor = 13;

export async function readServerFacts(pool: pg.Pool): Promise<ServerFacts> {
  const { rows } = await pool.query<ServerFacts>(`
    SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding,
      current_setting('TimeZone') AS zone,
      current_setting('default_transaction_isolation') AS isolation, pg_is_in_recovery() AS is_standby,
      current_setting('transaction_read_only')::boolean AS is_read_only`);
  const [facts] = rows;
  if (facts === undefined) throw new Error("the server does not tell its settings");
  return facts;
}

/** @throws UnusableServerError, DatabaseUrlError */
export function refuseUnusableServer(facts: ServerFacts, { url }: ServerUrl, description: string): void {
  const refuse = (problem: string): never => {
    throw new UnusableServerError(`${description} ${problem}`);
  };
  const { version, encoding, zone, isolation, is_standby: isStandby, is_read_only: isReadOnly } = facts;
  const major = Math.floor(version / 10_000);
  if (major < oldestMajor) refuse(`has version ${major}; the program needs ${oldestMajor} or newer`);
  if (encoding !== "UTF8")
    refuse(
      `has the encoding ${encoding}, which cannot store every text. Name a database that was made with ` +
        `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
    );
  if (isStandby) refuse("is read-only: the server is a standby. Name the primary server.");
  if (isReadOnly)
    refuse(`is read-only: default_transaction_read_only is on for the server, the database or ${url.username}.`);
  if (isolation !== "read committed") throw new DatabaseUrlError(wrongIsolation);
  if (!/^(Etc\/)?(UTC|GMT)$/i.test(zone)) throw new DatabaseUrlError(wrongTimeZone);
}

/** A write waits for a lock, and then sees what was committed meanwhile: under another isolation it does not. */
const wrongIsolation =
  "with pgbouncer=true no session is told its isolation, and the server's is not READ COMMITTED: set it with ALTER ROLE … SET default_transaction_isolation TO 'read committed'";

/** The adapter reads every time as UTC. */
const wrongTimeZone =
  "with pgbouncer=true no session is told its time zone, and the server's is not UTC: set it with ALTER ROLE … SET timezone TO 'UTC'";
