import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../../src/persistence/connection/connection.js";
import { connectPostgres } from "../../../src/persistence/connection/postgres-connection.js";
import { columnsFile, readColumns } from "../../../src/persistence/migrations/columns.js";
import { MigrationError } from "../../../src/persistence/migrations/migration-error.js";
import { readMigrations } from "../../../src/persistence/migrations/migration-files.js";
import { applyMigrations } from "../../../src/persistence/migrations/migrations.js";
import { connectPglite } from "../../../src/persistence/pglite/pglite-connection.js";
import { createServerDatabase, server, serverUrl, silentLog } from "../databases.js";
import { createEmptyPglite } from "./catalogue.js";

const name = "29990101000000_of_the_future";

interface Opened {
  readonly connection: Connection;
  readonly drop: () => Promise<void>;
}

/** The warnings of a start of this program after a newer one has applied the script. */
async function startAfter(connection: Connection, script: string): Promise<readonly object[]> {
  const newer = [...(await readMigrations()), { name, script }];
  await applyMigrations(connection, { log: silentLog, migrations: newer });
  const lines: object[] = [];
  await applyMigrations(connection, { log: { ...silentLog, warn: (details) => void lines.push(details) } });
  return lines;
}

function describeNewerSchemas(title: string, open: () => Promise<Opened>): void {
  describe(title, () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await open();
      await applyMigrations(opened.connection, { log: silentLog });
    });
    afterAll(async () => {
      await opened.connection.close();
      await opened.drop();
    });

    it.each([
      ["ALTER TABLE claim RENAME TO claims", "claim is missing", "ALTER TABLE claims RENAME TO claim"],
      ["ALTER TABLE record DROP bytes", "record.bytes is missing", "ALTER TABLE record ADD bytes int"],
      [
        "ALTER TABLE record ALTER version TYPE bigint",
        "record.version is bigint instead of integer",
        "ALTER TABLE record ALTER version TYPE int",
      ],
      ["ALTER TABLE space ADD owner text NOT NULL", "space.owner needs a value", "ALTER TABLE space DROP owner"],
      [
        "ALTER TABLE claim ALTER content_hash SET NOT NULL",
        "claim.content_hash is text instead of text or null",
        "ALTER TABLE claim ALTER content_hash DROP NOT NULL",
      ],
      [
        "ALTER TYPE task_state RENAME VALUE 'failed' TO 'broken'",
        "task_state.failed is missing",
        "ALTER TYPE task_state RENAME VALUE 'broken' TO 'failed'",
      ],
      [
        "ALTER FUNCTION upsert_records RENAME TO replace_records",
        "upsert_records is missing",
        "ALTER FUNCTION replace_records RENAME TO upsert_records",
      ],
    ])("ends a start that would lack something: %s", async (script, problem, undo) => {
      const { connection } = opened;
      const starting = startAfter(connection, script);
      await expect(starting).rejects.toThrow(MigrationError);
      await expect(starting).rejects.toThrow(
        `${connection.description}: the schema is newer than this version of the program, which does not have the ` +
          `migration ${name}: ${problem}. Start the version that migrated it, or restore the backup from before.`,
      );
      await connection.executeSql(`${undo}; DELETE FROM _prisma_migrations WHERE migration_name = '${name}'`);
      await expect(startAfter(connection, "SELECT 1")).resolves.toEqual([{ unknown: [name] }]);
      await connection.executeSql(`DELETE FROM _prisma_migrations WHERE migration_name = '${name}'`);
    });

    it("is warned of and used where it only has more", async () => {
      const script = `
        CREATE TABLE more (a int NOT NULL);
        ALTER TABLE record ADD note text, ADD rank int NOT NULL DEFAULT 1, ALTER version SET DEFAULT 1;
        ALTER TYPE task_state ADD VALUE 'paused'`;
      await expect(startAfter(opened.connection, script)).resolves.toEqual([{ unknown: [name] }]);
    });
  });
}

const openEmbedded = async (): Promise<Opened> => {
  const connection = connectPglite(await createEmptyPglite(), { description: "test" });
  return { connection, drop: async () => undefined };
};

describeNewerSchemas("a schema of a newer program, embedded", openEmbedded);

describe.skipIf(serverUrl === undefined)("on a server", () => {
  describeNewerSchemas("a schema of a newer program", async () => {
    const { url, drop } = await createServerDatabase();
    return { connection: await connectPostgres(url, server, silentLog), drop };
  });
});

it("the columns that the program needs are those that its migrations lead to; -u writes them", async () => {
  const { connection } = await openEmbedded();
  await applyMigrations(connection, { log: silentLog });
  const columns = await readColumns(connection.executeSql, connection.schema);
  await expect(`${JSON.stringify(columns, null, 2)}\n`).toMatchFileSnapshot(columnsFile);
  await connection.close();
});
