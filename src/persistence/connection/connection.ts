import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { Log } from "../../core/log.js";

export type SqlRow = Readonly<Record<string, unknown>>;

/** Runs SQL outside Prisma, several statements in one text when `values` is absent. */
export type ExecuteSql = (text: string, values?: readonly unknown[]) => Promise<{ rows: SqlRow[] }>;

/** How long another program is waited for, and where that is told. */
export interface LockWait {
  readonly log: Log;
  readonly waitMs: number;
}

/** One way to PostgreSQL: in this process or on a server. */
export interface Connection {
  /** Of all our tables: every statement names it. */
  readonly schema: string;
  readonly adapters: SqlDriverAdapterFactory;
  readonly executeSql: ExecuteSql;
  /** How long a transaction may wait for its start and then run. */
  readonly waits: { readonly startMs: number; readonly runMs: number };
  /** Whether other processes may work on the same database. */
  readonly isShared: boolean;
  /** For logs: names the place, never a secret. */
  readonly description: string;
  /** Runs `work` while no other program migrates the database: on a server in one transaction, which holds the lock. */
  exclusively(wait: LockWait, work: (execute: ExecuteSql) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
