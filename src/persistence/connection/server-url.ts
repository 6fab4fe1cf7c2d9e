import { DatabaseUrlError } from "./database-url-error.js";

export interface ServerUrl {
  /** Without the parameters that only Prisma's own drivers understand. */
  readonly url: URL;
  /** Schema of all tables. */
  readonly schema: string;
  /** Whether a pooler such as PgBouncer is in between, which may give each transaction another session. */
  readonly isPooled: boolean;
}

export const defaultSchema = "public";

/** A name of this form means the same with and without quotation marks, except for its case. */
const schemaName = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** @throws DatabaseUrlError */
export function readServerUrl(text: string): ServerUrl {
  if (!URL.canParse(text))
    throw new DatabaseUrlError("must be a URL such as postgres://user:password@host:5432/database");
  const url = new URL(text);
  refuseMisreadUrl(url);
  const schema = take(url, "schema") ?? defaultSchema;
  if (!schemaName.test(schema))
    throw new DatabaseUrlError("schema must be 1 to 63 letters, digits and underscores, and not start with a digit");
  const pooled = take(url, "pgbouncer") ?? "false";
  if (pooled !== "true" && pooled !== "false") throw new DatabaseUrlError("pgbouncer must be true or false");
  return { url, schema, isPooled: pooled === "true" };
}

function take({ searchParams }: URL, name: string): string | undefined {
  const [value, ...more] = searchParams.getAll(name);
  if (more.length > 0) throw new DatabaseUrlError(`${name} must be given once`);
  searchParams.delete(name);
  return value;
}

/** A password with one of `/ ? # %` that is not encoded ends early: the rest would be taken for something else. */
function refuseMisreadUrl({ username, password, pathname, searchParams, hash }: URL): void {
  const isMisread =
    hash !== "" || pathname.includes("@") || [...searchParams.keys()].some((name) => name.includes("@"));
  if (isMisread || ![username, password, pathname].every(isPercentEncoded))
    throw new DatabaseUrlError("must have the characters / ? # @ % of user, password and database percent-encoded");
}

function isPercentEncoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
