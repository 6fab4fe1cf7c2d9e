import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { migrationsFolder, type Migration } from "../src/persistence/migrations/migration-files.js";

interface EngineExports extends WebAssembly.Exports {
  readonly __wbindgen_start: () => void;
}

let loading: Promise<typeof SchemaEngine> | undefined;

/**
 * Prisma's own schema engine over a driver adapter, as in Prisma's command line. It is too large and too slow for the
 * start of a program.
 */
export async function openSchemaEngine(database: PGlite, datamodel?: string): Promise<SchemaEngine> {
  // Loaded once per process: the bindings keep views of the memory that they received first.
  loading ??= loadEngine();
  const engine = await loading;
  const datamodels: [string, string][] | undefined =
    datamodel === undefined ? undefined : [["schema.prisma", datamodel]];
  return engine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(toAdapters(database)));
}

/** Migrations in the form of the engine. */
export async function toMigrationList(migrations: readonly Migration[]): Promise<MigrationList> {
  return {
    baseDir: migrationsFolder,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(join(migrationsFolder, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: script } },
    })),
  };
}

function toAdapters(database: PGlite): SqlMigrationAwareDriverAdapterFactory {
  const own = new PrismaPGlite(database);
  const connect = async () => withWholeScripts(await own.connect(), database);
  return { provider: own.provider, adapterName: own.adapterName, connect, connectToShadowDb: connect };
}

/** The adapter does not wait for the end of a script; this wrapper does. */
function withWholeScripts(adapter: SqlDriverAdapter, database: PGlite): SqlDriverAdapter {
  adapter.executeScript = async (script) => {
    await database.exec(script);
  };
  return adapter;
}

async function loadEngine(): Promise<typeof SchemaEngine> {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const compiled = await WebAssembly.compile(await readFile(join(folder, "schema_engine_bg.wasm")));
  const instance = await WebAssembly.instantiate(compiled, { "./schema_engine_bg.js": withIdleTimers(bindings) });
  // The module's exports are typed by the bindings that were generated for it.
  const exports = instance.exports as EngineExports;
  bindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return bindings.SchemaEngine;
}

/** Lets the process exit: the engine starts a timer of ten seconds to wait for a lock, and never stops it. */
function withIdleTimers(bindings: object): object {
  const entries = Object.entries(bindings).map(([name, member]: [string, unknown]) => {
    return [name, name.startsWith("__wbg_setTimeout") && isFunction(member) ? idle(member) : member] as const;
  });
  return Object.fromEntries(entries);
}

type AnyFunction = (...values: unknown[]) => unknown;

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}

function idle(setTimer: AnyFunction): AnyFunction {
  // Named after Node's setTimeout, so it returns the same type.
  return (...values) => (setTimer(...values) as NodeJS.Timeout).unref();
}
