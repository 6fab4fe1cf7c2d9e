import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { Log } from "../../core/log.js";

export type SqlRow = Readonly<Record<string, unknown>>;

/** Runs SQL outside Prisma. Without `values` the text may contain several statements. */
export type ExecuteSql = (text: string, values?: readonly unknown[]) => Promise<{ rows: SqlRow[] }>;

/** The longest wait for another program that migrates, and the log that reports it. */
export interface LockWait {
  readonly log: Log;
  readonly waitMs: number;
}

/** A way to PostgreSQL: inside this process or on a server. */
export interface Connection {
  /** Schema of all tables of the program; every statement names it. */
  readonly schema: string;
  readonly adapters: SqlDriverAdapterFactory;
  readonly executeSql: ExecuteSql;
  /** Milliseconds that a transaction may wait for its start, and then run. */
  readonly waits: { readonly startMs: number; readonly runMs: number };
  /** How many calls of the store one request has at one time: it leaves room for others. */
  readonly callsOfRequest: number;
  /** Whether other processes may use the same database. */
  readonly isShared: boolean;
  /** Whether the server tells how a value is compressed: PostgreSQL 14 and later. */
  readonly tellsCompression: boolean;
  /** For logs: names the place, without secrets. */
  readonly description: string;
  /**
   * Runs `work` while no other program migrates the database. On a server `work` runs in one transaction, which holds
   * the lock.
   */
  exclusively(wait: LockWait, work: (execute: ExecuteSql) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
