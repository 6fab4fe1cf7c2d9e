import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";

export type SqlRow = Readonly<Record<string, unknown>>;

/** Runs SQL outside Prisma, several statements in one text when `values` is absent. */
export type ExecuteSql = (text: string, values?: readonly unknown[]) => Promise<{ rows: SqlRow[] }>;

/** One way to PostgreSQL: in this process or on a server. */
export interface Connection {
  /** Of all our tables: every statement names it. */
  readonly schema: string;
  readonly adapters: SqlMigrationAwareDriverAdapterFactory;
  readonly executeSql: ExecuteSql;
  /** How long a transaction may wait for its start and then run. */
  readonly waits: { readonly startMs: number; readonly runMs: number };
  /** Whether other processes may work on the same database. */
  readonly isShared: boolean;
  /** For logs: names the place, never a secret. */
  readonly description: string;
  /** Runs `work` while no other process does the same; its adapters use one connection, as session locks need. */
  exclusively<T>(work: (adapters: SqlMigrationAwareDriverAdapterFactory) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
