import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { aroundStatements, type StatementWrapper } from "./around-statements.js";

export interface SqlStatement {
  readonly sql: string;
  readonly args: readonly unknown[];
}

/** Called immediately before a statement runs; throws to refuse it. */
export type StatementCheck = (statement: SqlStatement) => void;

export function checkAdapter(adapter: SqlDriverAdapter, check: StatementCheck): SqlDriverAdapter {
  const checked: StatementWrapper = async (query, run) => {
    check(query);
    return run();
  };
  aroundStatements(adapter, checked);
  const startTransaction = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (isolationLevel) => {
    const transaction = await startTransaction(isolationLevel);
    aroundStatements(transaction, checked);
    return transaction;
  };
  return adapter;
}
