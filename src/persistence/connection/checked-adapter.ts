import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { aroundAllStatements } from "./around-statements.js";

export interface SqlStatement {
  readonly sql: string;
  readonly args: readonly unknown[];
}

/** Called immediately before a statement runs; throws to refuse it. */
export type StatementCheck = (statement: SqlStatement) => void;

export function checkAdapter(adapter: SqlDriverAdapter, check: StatementCheck): SqlDriverAdapter {
  return aroundAllStatements(adapter, async (query, run) => {
    check(query);
    return run();
  });
}
