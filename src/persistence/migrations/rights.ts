import type { Connection, ExecuteSql } from "../connection/connection.js";
import { quoteName } from "../tables.js";
import { MigrationError } from "./migration-error.js";

type Place = Pick<Connection, "schema" | "description">;

/** Says which right the role lacks, and the statement that grants it. */
export class SchemaRights {
  readonly #place: Place;
  readonly #execute: ExecuteSql;

  constructor(place: Place, execute: ExecuteSql) {
    this.#place = place;
    this.#execute = execute;
  }

  /** @throws MigrationError when the role may not look for the history, or not read it */
  async demandUse(): Promise<void> {
    const { schema } = this.#place;
    const schemas = await this.#execute(
      "SELECT has_schema_privilege(oid, 'USAGE') AS allowed FROM pg_namespace WHERE nspname = $1",
      [schema],
    );
    if (schemas.rows[0]?.["allowed"] === false) await this.#refuse("use", "USAGE");
    const { rows } = await this.#execute(
      "SELECT has_table_privilege(to_regclass(format('%I._prisma_migrations', $1::text)), 'SELECT') AS allowed",
      [schema],
    );
    if (rows[0]?.["allowed"] === false)
      await this.#refuseUse(
        "SELECT on the table",
        "_prisma_migrations",
        "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES",
      );
  }

  /** Creates the schema when it is absent. @throws MigrationError when the role may not, or may create nothing in it */
  async demandSchema(): Promise<void> {
    const { schema } = this.#place;
    const { rows } = await this.#execute(
      `SELECT (SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace WHERE nspname = $1) AS usable,
         has_database_privilege(current_database(), 'CREATE') AS creatable`,
      [schema],
    );
    const [row] = rows;
    if (row?.["usable"] === true) return;
    if (row?.["usable"] === false) return this.#refuse("create tables in", "USAGE, CREATE");
    if (row?.["creatable"] === true) {
      await this.#execute(`CREATE SCHEMA ${quoteName(schema)}`);
      return;
    }
    const role = await this.#role();
    throw this.#error(
      `the schema ${schema} is absent and the role ${role} may not create it`,
      `CREATE SCHEMA ${quoteName(schema)} AUTHORIZATION ${quoteName(role)}`,
    );
  }

  /** @throws MigrationError when a migration would change a table of another role */
  async demandOwnership(): Promise<void> {
    const { schema } = this.#place;
    const { rows } = await this.#execute(
      `SELECT relname, pg_get_userbyid(relowner) AS owner FROM pg_class
       WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1) AND relkind IN ('r', 'p')
         AND NOT pg_has_role(relowner, 'USAGE') ORDER BY relname LIMIT 1`,
      [schema],
    );
    const [row] = rows;
    if (row === undefined) return;
    const [role, owner] = [await this.#role(), String(row["owner"])];
    throw this.#error(
      `the table ${String(row["relname"])} belongs to ${owner}, and the role ${role} may not migrate it`,
      `GRANT ${quoteName(owner)} TO ${quoteName(role)}`,
    );
  }

  /** @throws MigrationError when the role may not read and write a table of the program, or draw from a sequence */
  async demandTables(tables: readonly string[]): Promise<void> {
    const { schema } = this.#place;
    const names = [schema, `{${tables.join(",")}}`];
    const missing = await this.#execute(
      `SELECT name, wanted
       FROM unnest($2::text::text[]) AS name, unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) AS wanted
       WHERE NOT has_table_privilege(to_regclass(format('%I.%I', $1::text, name)), wanted) LIMIT 1`,
      names,
    );
    const [table] = missing.rows;
    const right = "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES";
    if (table !== undefined) await this.#refuseUse(`${String(table["wanted"])} on the table`, table["name"], right);
    const { rows } = await this.#execute(
      `SELECT relname FROM pg_class
       WHERE CASE WHEN relkind = 'S' THEN NOT has_sequence_privilege(oid, 'USAGE') ELSE false END AND EXISTS (
         SELECT FROM pg_depend JOIN unnest($2::text::text[]) AS name
           ON refobjid = to_regclass(format('%I.%I', $1::text, name))
         WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'a') LIMIT 1`,
      names,
    );
    const [sequence] = rows;
    if (sequence !== undefined)
      await this.#refuseUse("USAGE on the sequence", sequence["relname"], "USAGE ON ALL SEQUENCES");
  }

  /** @throws MigrationError when the role may not call a function of the program */
  async demandFunctions(names: readonly string[]): Promise<void> {
    const { rows } = await this.#execute(
      `SELECT proname FROM pg_proc
       WHERE pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1) AND proname = ANY ($2::text::text[])
         AND NOT has_function_privilege(oid, 'EXECUTE') LIMIT 1`,
      [this.#place.schema, `{${names.join(",")}}`],
    );
    const [found] = rows;
    if (found !== undefined)
      await this.#refuseUse("EXECUTE on the function", found["proname"], "EXECUTE ON ALL FUNCTIONS");
  }

  async #refuseUse(right: string, name: unknown, grant: string): Promise<never> {
    const role = await this.#role();
    throw this.#error(
      `the role ${role} lacks ${right} ${String(name)}`,
      `GRANT ${grant} IN SCHEMA ${quoteName(this.#place.schema)} TO ${quoteName(role)}`,
    );
  }

  async #refuse(verb: string, right: string): Promise<never> {
    const { schema } = this.#place;
    const role = await this.#role();
    throw this.#error(
      `the role ${role} may not ${verb} the schema ${schema}`,
      `GRANT ${right} ON SCHEMA ${quoteName(schema)} TO ${quoteName(role)}`,
    );
  }

  #error(problem: string, remedy: string): MigrationError {
    return new MigrationError(`${this.#place.description}: ${problem}. As the owner, run: ${remedy};`);
  }

  async #role(): Promise<string> {
    const { rows } = await this.#execute("SELECT current_user AS role");
    return String(rows[0]?.["role"]);
  }
}
