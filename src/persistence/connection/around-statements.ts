import type { SqlDriverAdapter, SqlQuery, SqlQueryable } from "@prisma/driver-adapter-utils";

/** Runs the statement, or refuses it by an error. */
export type StatementWrapper = <Answer>(query: SqlQuery, run: () => Promise<Answer>) => Promise<Answer>;

/** Wraps every statement of an adapter, or of a transaction. */
export function aroundStatements(target: SqlQueryable, wrap: StatementWrapper): void {
  const queryRaw = target.queryRaw.bind(target);
  const executeRaw = target.executeRaw.bind(target);
  target.queryRaw = (query) => wrap(query, () => queryRaw(query));
  target.executeRaw = (query) => wrap(query, () => executeRaw(query));
}

/** Wraps every statement of an adapter, those of its transactions among them. */
export function aroundAllStatements(adapter: SqlDriverAdapter, wrap: StatementWrapper): SqlDriverAdapter {
  aroundStatements(adapter, wrap);
  const startTransaction = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (isolationLevel) => {
    const transaction = await startTransaction(isolationLevel);
    aroundStatements(transaction, wrap);
    return transaction;
  };
  return adapter;
}
