import pg from "pg";

/** Comparisons of two sessions: a pooler that is busy may lend a session of its own to each of two clients for a while. */
const rounds = 10;

/** Where sessions are lent for as long as a client stays, there may be none left for a second client. */
const longestWaitMs = 5000;
const noAnswer = "Query read timeout";

/** The server tells each client the process of its session, for requests that cancel. The driver's types leave it out. */
type ClientWithProcess = pg.ClientBase & { readonly processID?: number | null };

interface Session {
  readonly pid: number;
  /** With the process, it distinguishes the sessions of several servers. */
  readonly startedAt: string;
}

/**
 * Whether a pooler in between lends sessions by transaction. A pooler tells its clients invented processes, so one
 * statement suffices where there is none. Behind one, the proof is a client whose session changes, or two clients with
 * the same session, which a pooler that lends sessions for as long as a client stays never has.
 */
export async function isLentByTransaction(client: ClientWithProcess, options: pg.ClientConfig): Promise<boolean> {
  const session = await readSession(client);
  if (session === undefined || session.pid === client.processID) return false;
  const other = new pg.Client(options);
  other.on("error", () => undefined);
  await other.connect();
  try {
    for (let round = 0; round < rounds; round += 1) {
      if (isSame(await readSession(other), session) || !isSame(await readSession(client), session)) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof Error && error.message === noAnswer) return false;
    throw error;
  } finally {
    await other.end();
  }
}

async function readSession(client: pg.ClientBase): Promise<Session | undefined> {
  const text = `SELECT pid, backend_start::text AS "startedAt" FROM pg_stat_activity WHERE pid = pg_backend_pid()`;
  // The types of the driver know the limit as one of the client only.
  const query = { text, query_timeout: longestWaitMs };
  return (await client.query<Session>(query)).rows[0];
}

function isSame(session: Session | undefined, other: Session): boolean {
  return session?.pid === other.pid && session.startedAt === other.startedAt;
}
