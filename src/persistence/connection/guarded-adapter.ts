import {
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlQueryable,
  type Transaction,
} from "@prisma/driver-adapter-utils";
import { StoreUnavailableError } from "../../core/store.js";
import { aroundStatements } from "./around-statements.js";

/** No connection was established, so nothing was sent. */
export class ConnectError extends Error {
  constructor(cause: unknown) {
    super("no connection to the database", { cause });
    this.name = "ConnectError";
  }
}

/**
 * Turns failures of the database into `StoreUnavailableError` at the one place that knows which statement was sent: a
 * lost connection leaves the outcome open only for COMMIT and for a writing statement outside a transaction.
 */
export function guardAdapter(adapter: SqlDriverAdapter): SqlDriverAdapter {
  guardStatements(adapter, ({ sql }) => !/^\s*SELECT\b/i.test(sql));
  const startTransaction = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (isolationLevel) => {
    const transaction = await guardCall(() => startTransaction(isolationLevel), never);
    guardStatements(transaction, ({ sql }) => sql === "COMMIT");
    guardCommit(transaction);
    return transaction;
  };
  return adapter;
}

function guardStatements(target: SqlQueryable, mayCommit: (query: SqlQuery) => boolean): void {
  aroundStatements(target, (query, run) => guardCall(run, () => mayCommit(query)));
}

function guardCommit(transaction: Transaction): void {
  const commit = transaction.commit.bind(transaction);
  transaction.commit = () => guardCall(commit, always);
}

const always = (): boolean => true;
const never = (): boolean => false;

function guardCall<T>(work: () => Promise<T>, mayCommit: () => boolean): Promise<T> {
  return work().catch((error: unknown) => {
    const state = findConnectionState(error);
    if (state === undefined) throw error;
    const outcome = state === "lost" && mayCommit() ? "unknown" : "not-applied";
    throw new StoreUnavailableError(`the database ${stateMessages[state]}`, outcome, { cause: error });
  });
}

/** `lost`: a statement was sent and no answer came. */
type ConnectionState = "unreachable" | "lost" | "busy" | "timed-out" | "refused";

const stateMessages = {
  unreachable: "cannot be reached",
  lost: "closed the connection",
  busy: "has no resources left",
  "timed-out": "took too long",
  refused: "refuses writes now",
} satisfies Record<ConnectionState, string>;

const statesByKind: Partial<Record<string, ConnectionState>> = {
  DatabaseNotReachable: "unreachable",
  ConnectionClosed: "lost",
  SocketTimeout: "lost",
  TooManyConnections: "busy",
  TlsConnectionError: "unreachable",
  DatabaseDoesNotExist: "unreachable",
  DatabaseAccessDenied: "unreachable",
  AuthenticationFailed: "unreachable",
};

/**
 * By SQLSTATE, or else by its class, the first two characters. A statement that was cancelled or refused has not been
 * applied.
 */
const statesBySqlState: Partial<Record<string, ConnectionState>> = {
  "25006": "refused",
  "25P03": "timed-out",
  "55P03": "timed-out",
  "57014": "timed-out",
  "57P01": "unreachable",
  "57P02": "lost",
  "57P03": "unreachable",
  "08": "lost",
  "53": "busy",
  "58": "busy",
};

function findConnectionState(error: unknown): ConnectionState | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ConnectError) return "unreachable";
  if (!isDriverAdapterError(error)) return "lost";
  const { kind, originalCode } = error.cause;
  const state = originalCode ?? "";
  return statesByKind[kind] ?? statesBySqlState[state] ?? statesBySqlState[state.slice(0, 2)];
}
