import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../../src/persistence/database.js";
import { MigrationError } from "../../../src/persistence/migrations/migration-error.js";
import { administrate, createServerDatabase, parts, server, serverUrl, writeAndImport } from "../databases.js";

describe.skipIf(serverUrl === undefined)("a role with few rights, on a server", () => {
  let url: string;
  let role: string;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    ({ url, drop } = await createServerDatabase());
    role = `recordgate_test_${randomUUID().replaceAll("-", "")}`;
    await administrate(
      `CREATE ROLE ${role} LOGIN; ALTER ROLE ${role} SET search_path TO nowhere; REVOKE ALL ON SCHEMA public FROM PUBLIC`,
      url,
    );
  });
  afterEach(async () => {
    await administrate(`DROP OWNED BY ${role} CASCADE`, url);
    await drop();
    await administrate(`DROP ROLE ${role}`);
  });

  function open(schema: string, user?: string) {
    const own = new URL(`${url}?schema=${schema}`);
    if (user !== undefined) own.username = user;
    return openDatabase({ ...parts, url: own.href, folder: "", server });
  }

  /** Runs the statement that the message names, after it was told what is missing. */
  async function grantWhatIsMissing(schema: string, problem: RegExp): Promise<void> {
    const error: unknown = await open(schema, role).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(MigrationError);
    const { message } = error as MigrationError;
    expect(message).toMatch(problem);
    expect(message).not.toContain("\n");
    await administrate(/As the owner, run: (.*;)$/.exec(message)?.[1] ?? "", url);
  }

  it("that owns its schema alone migrates it, writes and imports", async () => {
    await administrate(`CREATE SCHEMA own AUTHORIZATION ${role}`, url);
    const database = await open("own", role);
    await writeAndImport(database);
    await database.close();
  });

  it("is told the statement for a schema that is absent", async () => {
    await grantWhatIsMissing("absent", /the schema absent is absent and the role \w+ may not create it/);
    await (await open("absent", role)).close();
  });

  it("is told the statement for a schema in which it may create nothing", async () => {
    await grantWhatIsMissing("public", /the role \w+ may not use the schema public/);
    await grantWhatIsMissing("public", /the role \w+ may not create tables in the schema public/);
    await (await open("public", role)).close();
  });

  it("is told the statements for the tables and sequences that another role has migrated", async () => {
    await (await open("lent")).close();
    await grantWhatIsMissing("lent", /may not use the schema lent/);
    await grantWhatIsMissing("lent", /lacks SELECT on the table _prisma_migrations/);
    await administrate(`REVOKE INSERT ON lent.access_key FROM ${role}`, url);
    await grantWhatIsMissing("lent", /lacks INSERT on the table access_key/);
    await grantWhatIsMissing("lent", /lacks USAGE on the sequence \w+/);
    await administrate("REVOKE EXECUTE ON FUNCTION lent.upsert_records FROM PUBLIC", url);
    await grantWhatIsMissing("lent", /lacks EXECUTE on the function upsert_records/);
    await (await open("lent", role)).close();
    await administrate(
      `DELETE FROM lent._prisma_migrations WHERE migration_name = (
      SELECT max(migration_name) FROM lent._prisma_migrations); GRANT CREATE ON SCHEMA lent TO ${role}`,
      url,
    );
    const error: unknown = await open("lent", role).catch((cause: unknown) => cause);
    expect(String(error)).toMatch(/the table \w+ belongs to \w+, and the role \w+ may not migrate it/);
  });

  it("uses a schema beside the tables of another program, which it is told to name", async () => {
    await administrate(`CREATE TABLE theirs (a int); CREATE SCHEMA own AUTHORIZATION ${role}`, url);
    await expect(open("public")).rejects.toThrow(
      /tables that this program has not created, such as theirs\. Name an empty schema with \?schema=NAME/,
    );
    await (await open("own", role)).close();
  });
});
