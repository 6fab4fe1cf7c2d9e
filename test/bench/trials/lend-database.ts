import { join } from "node:path";
import type { Stage } from "../contest.js";
import { type BenchDatabase, createDatabase } from "../servers/database.js";
import { createFolder } from "../servers/folder.js";

export type PlaceKind = "postgres" | "pglite";

interface Place {
  /** Variables that lead a program, or a reference, to the database. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absent for the embedded database, which one process opens at a time. */
  readonly database?: BenchDatabase;
}

/** Lends a new database of either kind. */
export async function lendDatabase<T>(kind: PlaceKind, stage: Stage, use: (place: Place) => Promise<T>): Promise<T> {
  if (kind === "postgres") {
    const database = await createDatabase((await stage.cluster()).url);
    try {
      return await use({ environment: { DATABASE_URL: database.url }, database });
    } finally {
      await database.drop();
    }
  }
  const folder = await createFolder();
  try {
    return await use({ environment: { DATABASE_FOLDER: join(folder.path, "data") } });
  } finally {
    await folder.remove();
  }
}
