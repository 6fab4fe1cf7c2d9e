import { Prisma } from "./generated/client.js";

export const tableNames = [
  "access_key",
  "claim",
  "collection",
  "credential",
  "number_sequence",
  "rate_use",
  "record",
  "shared_secret",
  "space",
  "task",
  "task_failure",
  "unique_value",
] as const;

/** Functions that write. */
export const functionNames = ["upsert_records"] as const;

/**
 * The tables, types and functions that raw SQL names, each with its schema, so the search path does not matter. Without an alias,
 * a statement refers to a table by its bare name.
 */
export type Tables = Readonly<
  Record<(typeof tableNames)[number] | (typeof functionNames)[number] | "task_state", Prisma.Sql>
>;

export function tablesOf(schema: string): Tables {
  const entries = [...tableNames, ...functionNames, "task_state" as const].map((name) => [
    name,
    Prisma.raw(`${quoteName(schema)}.${name}`),
  ]);
  return Object.fromEntries(entries) as Tables; // `fromEntries` loses the literal types of the names.
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
