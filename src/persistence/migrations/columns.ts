import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ExecuteSql } from "../connection/connection.js";
import { migrationsFolder } from "./migration-files.js";

/** What an insert may leave out of a column, or may not write into it, follows the type: ` or null`, ` or default`. */
const separator = " or ";

/**
 * The type of each column by table, the words of enumerations and the types of functions:
 * `{ "record": { "key": "text or null" } }`.
 */
export type Columns = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const columnsFile = join(migrationsFolder, "columns.json");

/** The columns that the migrations of this program lead to. A test keeps the file. */
export async function readNeededColumns(): Promise<Columns> {
  return z.record(z.string(), z.record(z.string(), z.string())).parse(JSON.parse(await readFile(columnsFile, "utf8")));
}

export async function readColumns(execute: ExecuteSql, schema: string): Promise<Columns> {
  const { rows } = await execute(
    `SELECT relname AS place, attname AS name,
       CASE typtype WHEN 'e' THEN typname ELSE format_type(atttypid, atttypmod) END
         || CASE WHEN attnotnull THEN '' ELSE ' or null' END
         || CASE WHEN atthasdef OR attidentity <> '' THEN ' or default' ELSE '' END AS kind
     FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
     WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1) AND relkind IN ('r', 'p')
       AND attnum > 0 AND NOT attisdropped AND relname <> '_prisma_migrations'
     UNION ALL
     SELECT typname, enumlabel, 'word'
     FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
     WHERE typnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)
     UNION ALL
     SELECT proname, 'function', oidvectortypes(proargtypes) || ' returns ' || pg_get_function_result(oid)
     FROM pg_proc WHERE pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)
     ORDER BY 1, 2`,
    [schema],
  );
  const columns: Record<string, Record<string, string>> = {};
  for (const { place, name, kind } of rows) (columns[String(place)] ??= {})[String(name)] = String(kind);
  return columns;
}

/** The first difference that would make statements of this program fail. What is new and may be left out is none. */
export function findMissing(needed: Columns, found: Columns): string | undefined {
  for (const [table, columns] of Object.entries(needed)) {
    const there = found[table];
    if (there === undefined) return `${table} is missing`;
    for (const [column, kind] of Object.entries(columns)) {
      const now = there[column];
      if (now === undefined) return `${table}.${column} is missing`;
      if (!accepts(now, kind)) return `${table}.${column} is ${now} instead of ${kind}`;
    }
    for (const [column, kind] of Object.entries(there))
      if (!(column in columns) && !kind.includes(separator) && kind !== "word")
        return `${table}.${column} needs a value`;
  }
  return undefined;
}

function accepts(now: string, kind: string): boolean {
  const [[type, ...options], [neededType, ...neededOptions]] = [now.split(separator), kind.split(separator)];
  return type === neededType && neededOptions.every((option) => options.includes(option));
}
