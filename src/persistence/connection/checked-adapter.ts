import type { SqlDriverAdapter, SqlQueryable } from "@prisma/driver-adapter-utils";

export interface SqlStatement {
  readonly sql: string;
  readonly args: readonly unknown[];
}

/** Called immediately before a statement runs; throws to refuse it. */
export type StatementCheck = (statement: SqlStatement) => void;

export function checkAdapter(adapter: SqlDriverAdapter, check: StatementCheck): SqlDriverAdapter {
  checkStatements(adapter, check);
  const startTransaction = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (isolationLevel) => {
    const transaction = await startTransaction(isolationLevel);
    checkStatements(transaction, check);
    return transaction;
  };
  return adapter;
}

function checkStatements(target: SqlQueryable, check: StatementCheck): void {
  const queryRaw = target.queryRaw.bind(target);
  const executeRaw = target.executeRaw.bind(target);
  target.queryRaw = async (query) => {
    check(query);
    return queryRaw(query);
  };
  target.executeRaw = async (query) => {
    check(query);
    return executeRaw(query);
  };
}
