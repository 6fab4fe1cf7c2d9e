import type { z } from "zod";
import type { Contract } from "../../contract/contract.js";
import { readParameter, type Query } from "../../contract/message.js";
import type { ServiceContext } from "../../contract/provider.js";
import { endpoint, type Endpoint, type ServiceReply } from "../../contract/service.js";
import { create, describe, drop, list } from "./collections.js";
import { createCompiledCollections } from "../collection/compiled-collection.js";
import type { VectorContracts } from "../wire/contracts.js";
import { toDefinitionV1 } from "../wire/create-v1.js";
import { toDefinitionV2 } from "../wire/create-v2.js";
import { get, remove } from "./entities.js";
import { permit, type Asked, type NamesCollection, type NamesDatabase, type Parts } from "./handler.js";
import { versionOne, versionTwo, type Version } from "./versions.js";
import { write } from "./write.js";

/** Both versions of the interface are one service. */
export function createVectorService({ v1, v2 }: VectorContracts, context: ServiceContext): readonly Endpoint[] {
  const parts: Parts = { context, compiled: createCompiledCollections() };
  const one = server(versionOne);
  const two = server(versionTwo);
  return [
    one.body(v1.insert, (asked) => write(parts, "insert", asked)),
    one.body(v1.upsert, (asked) => write(parts, "upsert", asked)),
    one.query(v1.list, (asked) => list(parts, asked)),
    one.body(v1.create, (asked) => create(parts, asked, () => toDefinitionV1(asked.body, asked.database))),
    one.query(v1.describe, (asked) => describe(parts, asked)),
    one.body(v1.drop, (asked) => drop(parts, asked)),
    one.body(v1.get, (asked) => get(parts, asked)),
    one.body(v1.delete, (asked) => remove(parts, asked)),
    two.body(v2.create, (asked) => create(parts, asked, () => toDefinitionV2(asked.body, asked.database))),
    two.body(v2.describe, (asked) => describe(parts, asked)),
    two.body(v2.drop, (asked) => drop(parts, asked)),
    two.body(v2.list, (asked) => list(parts, asked)),
    two.body(v2.insert, (asked) => write(parts, "insert", asked)),
    two.body(v2.upsert, (asked) => write(parts, "upsert", asked)),
    two.body(v2.get, (asked) => get(parts, asked)),
  ];
}

type Handle<Body> = (asked: Asked<Body>) => Promise<ServiceReply>;

/** Endpoints whose callers have the privilege for what they ask, in the body or in the query. */
function server(version: Version) {
  return {
    body: <Body extends z.ZodType<NamesDatabase>, Reply extends z.ZodType>(contract: Contract<Body, Reply>, handle: Handle<z.output<Body>>): Endpoint =>
      endpoint(contract, async (call) => handle(permit(version, contract, call))),
    query: (contract: Contract, handle: Handle<NamesCollection>): Endpoint =>
      endpoint(contract, async (call) => handle(permit(version, contract, { ...call, body: readNames(call.query) }))),
  };
}

/** An empty `dbName` stays one. */
function readNames(query: Query): NamesCollection {
  const [dbName] = [query["dbName"] ?? []].flat();
  return { dbName, collectionName: readParameter(query, "collectionName") ?? "" };
}
