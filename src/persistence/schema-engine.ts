import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory, type SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";

interface EngineExports extends WebAssembly.Exports {
  readonly __wbindgen_start: () => void;
}

let loading: Promise<typeof SchemaEngine> | undefined;

/** Prisma's own schema engine, over a driver adapter as its command line does it. Import this module only when there is something to migrate. */
export async function openSchemaEngine(adapters: SqlMigrationAwareDriverAdapterFactory, datamodel?: string): Promise<SchemaEngine> {
  // Once a process: the bindings keep views of the memory that they were first given.
  loading ??= loadEngine();
  const engine = await loading;
  const datamodels: [string, string][] | undefined = datamodel === undefined ? undefined : [["schema.prisma", datamodel]];
  return engine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapters));
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

/** The engine gives up waiting for a lock after ten seconds, and never stops that clock: the process could not end meanwhile. */
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
  // The name says that it answers what Node's setTimeout answers.
  return (...values) => (setTimer(...values) as NodeJS.Timeout).unref();
}
