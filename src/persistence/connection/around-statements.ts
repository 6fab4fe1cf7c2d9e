import type { SqlQuery, SqlQueryable } from "@prisma/driver-adapter-utils";

/** Runs the statement, or refuses it by an error. */
export type StatementWrapper = <Answer>(query: SqlQuery, run: () => Promise<Answer>) => Promise<Answer>;

/** Wraps every statement of an adapter, or of a transaction. */
export function aroundStatements(target: SqlQueryable, wrap: StatementWrapper): void {
  const queryRaw = target.queryRaw.bind(target);
  const executeRaw = target.executeRaw.bind(target);
  target.queryRaw = (query) => wrap(query, () => queryRaw(query));
  target.executeRaw = (query) => wrap(query, () => executeRaw(query));
}
