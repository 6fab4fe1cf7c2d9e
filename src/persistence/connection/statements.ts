import type { SqlQuery, SqlQueryable } from "@prisma/driver-adapter-utils";
import type { Prisma } from "../generated/client.js";

/** Each value tells its own type, and each parameter of a statement names the type that it is cast to. */
const ownType = { scalarType: "unknown", arity: "scalar" } as const;

/**
 * Sends a statement and answers its rows by Prisma's adapter alone. The client in front of the adapter writes all
 * parameters as JSON and parses them again, so the records of a batch would be serialised twice more, and bytes as base64.
 * Column types that a driver answers as text, such as `bigint`, stay text.
 */
export async function queryBy<Row extends object>(
  adapter: Pick<SqlQueryable, "queryRaw">,
  { text: sql, values }: Prisma.Sql,
): Promise<readonly Row[]> {
  const { columnNames, rows } = await adapter.queryRaw(toQuery(sql, values));
  // The statement says which columns it answers.
  return rows.map((row) => {
    const named: Record<string, unknown> = {};
    for (const [index, name] of columnNames.entries()) named[name] = row[index];
    return named as Row;
  });
}

/** Sends a statement in the same way and answers the number of rows that it has written. */
export function executeBy(
  adapter: Pick<SqlQueryable, "executeRaw">,
  { text: sql, values }: Prisma.Sql,
): Promise<number> {
  return adapter.executeRaw(toQuery(sql, values));
}

function toQuery(sql: string, values: Prisma.Sql["values"]): SqlQuery {
  return { sql, args: values, argTypes: values.map(() => ownType) };
}
