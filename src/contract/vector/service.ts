import { hasScope, type Caller } from "../../core/caller.js";
import type { Collection } from "../../core/collection.js";
import type { NewRecord } from "../../core/record.js";
import type { Headers } from "../message.js";
import { shorten } from "../shorten.js";
import type { ServiceContext } from "../provider.js";
import { endpoint, type Endpoint, type ServiceCall, type ServiceReply } from "../service.js";
import { toRows, type WriteBody } from "./body.js";
import { createCompiledCollections, type CompiledCollection, type CompiledCollections } from "./compiled-collection.js";
import type { VectorContracts } from "./contracts.js";
import { defaultDatabase } from "./definition.js";
import { refuse } from "./failures.js";
import { locateCollection } from "./locate.js";
import { keyValue } from "./read-form.js";
import { readRows, type Row } from "./row-reader.js";

export interface VectorServiceOptions {
  readonly provider: string;
  readonly contracts: VectorContracts;
}

/** What makes the one operation different from the other. */
interface Operation {
  readonly name: "insert" | "upsert";
  readonly privilege: string;
}

interface Parts extends VectorServiceOptions {
  readonly context: ServiceContext;
  readonly compiled: CompiledCollections;
}

export function createVectorService(options: VectorServiceOptions, context: ServiceContext): readonly Endpoint[] {
  const parts: Parts = { ...options, context, compiled: createCompiledCollections() };
  const { insert, upsert } = options.contracts;
  return [
    endpoint(insert, (call) => write(parts, { name: "insert", privilege: "Insert" }, call)),
    endpoint(upsert, (call) => write(parts, { name: "upsert", privilege: "Upsert" }, call)),
  ];
}

/** The collection may be dropped or made anew while rows are checked: then everything is looked at once more. */
async function write(parts: Parts, operation: Operation, call: ServiceCall<WriteBody>): Promise<ServiceReply> {
  const { collectionName } = call.body;
  const database = call.body.dbName ?? defaultDatabase;
  checkPrivilege(call.caller, operation, database);
  const wanted = { provider: parts.provider, database, collection: collectionName };
  const { store } = parts.context;
  for (let attempt = 1; attempt <= 2; attempt++) {
    const collection = await locateCollection(store.collections, wanted);
    const compiled = parts.compiled(collection);
    const records = await withKeys(parts, compiled, check(compiled, operation, toRows(call.body.data)));
    const outcome = await store.records[operation.name]({ collection, records });
    if (outcome === "stored") return toReply({ operation, compiled, collection, records, headers: call.headers });
  }
  throw refuse("schema-mismatch", { collection: collectionName });
}

function checkPrivilege(caller: Caller, { privilege }: Operation, database: string): void {
  const granted = caller.grants === "all" || caller.grants.includes(database);
  if (!granted || !hasScope(caller, privilege)) throw refuse("no-privilege", { privilege, user: caller.principal, database: shorten(database) });
}

function check(compiled: CompiledCollection, { name }: Operation, rows: readonly Row[]): readonly NewRecord[] {
  if (name === "upsert" && compiled.autoId) throw refuse("auto-id-upsert");
  if (rows.length === 0) {
    const violation = { field: "data", rule: "required", message: "missing required parameters" };
    throw refuse("invalid-data", { cause: violation.message }, [violation]);
  }
  return readRows(compiled, rows, { uniqueKeys: name === "upsert" });
}

/** Where the server's own clock has its 18 logical bits. */
const logicalBits = 18n;

/** Generated keys are numbers made of the time, consecutive in one request. */
async function withKeys({ provider, context }: Parts, compiled: CompiledCollection, records: readonly NewRecord[]): Promise<readonly NewRecord[]> {
  if (!compiled.autoId) return records;
  const atLeast = BigInt(context.clock.now().getTime()) << logicalBits;
  const first = await context.store.records.reserveNumbers(`${provider}.auto-id`, records.length, atLeast);
  return records.map((record, index) => ({ ...record, key: String(first + BigInt(index)) }));
}

interface Stored {
  readonly operation: Operation;
  readonly compiled: CompiledCollection;
  readonly collection: Collection;
  readonly records: readonly NewRecord[];
  readonly headers: Headers;
}

function toReply({ operation: { name }, compiled, collection, records, headers }: Stored): ServiceReply {
  const asText = saysFalse(headers["accept-type-allow-int64"]);
  const ids = records.map(({ key = "" }) => (asText ? key : keyValue(compiled, key)));
  const data = { [`${name}Count`]: records.length, [`${name}Ids`]: ids };
  return { body: { code: 200, data }, collectionId: collection.id };
}

/** As Go's ParseBool; everything else leaves it at the default, numbers. */
function saysFalse(header: string | undefined): boolean {
  return header !== undefined && ["0", "f", "F", "false", "False", "FALSE"].includes(header);
}
