import { Prisma } from "./generated/client.js";

const tableNames = [
  "claim",
  "collection",
  "credential",
  "number_sequence",
  "record",
  "space",
  "task",
  "task_failure",
  "unique_value",
] as const;

/**
 * What raw SQL calls by name, each with its schema in front, so that no search path counts. Unless it has an alias,
 * a table is then known by its bare name.
 */
export type Tables = Readonly<Record<(typeof tableNames)[number] | "task_state", Prisma.Sql>>;

export function tablesOf(schema: string): Tables {
  const entries = [...tableNames, "task_state" as const].map((name) => [
    name,
    Prisma.raw(`${quoteName(schema)}.${name}`),
  ]);
  return Object.fromEntries(entries) as Tables; // `fromEntries` forgets the names
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
