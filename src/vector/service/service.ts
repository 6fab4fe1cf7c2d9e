import type { z } from "zod";
import type { Contract } from "../../contract/contract.js";
import { readParameter, type Query } from "../../contract/message.js";
import type { ServiceContext } from "../../contract/provider.js";
import { endpoint, type Endpoint, type ServiceReply } from "../../contract/service.js";
import { createVectorCollection, describeCollection, dropCollection, listCollections } from "./collections.js";
import { createCompiledCollections } from "../collection/compiled-collection.js";
import type { VectorContracts } from "../wire/contracts.js";
import { toDefinitionV1 } from "../wire/create-v1.js";
import { toDefinitionV2 } from "../wire/create-v2.js";
import { getEntities, deleteEntities } from "./entities.js";
import { permit, type PermittedRequest, type NamesCollection, type NamesDatabase, type VectorServiceParts } from "./permitted-request.js";
import { interfaceV1, interfaceV2, type InterfaceVersion } from "./interface-version.js";
import { writeEntities } from "./write.js";

/** Both versions of the interface are one service. */
export function createVectorService({ v1, v2 }: VectorContracts, context: ServiceContext): readonly Endpoint[] {
  const parts: VectorServiceParts = { context, compiled: createCompiledCollections() };
  const one = createEndpoints(interfaceV1);
  const two = createEndpoints(interfaceV2);
  return [
    one.body(v1.insert, (request) => writeEntities(parts, "insert", request)),
    one.body(v1.upsert, (request) => writeEntities(parts, "upsert", request)),
    one.query(v1.list, (request) => listCollections(parts, request)),
    one.body(v1.create, (request) => createVectorCollection(parts, request, () => toDefinitionV1(request.body, request.database))),
    one.query(v1.describe, (request) => describeCollection(parts, request)),
    one.body(v1.drop, (request) => dropCollection(parts, request)),
    one.body(v1.get, (request) => getEntities(parts, request)),
    one.body(v1.delete, (request) => deleteEntities(parts, request)),
    two.body(v2.create, (request) => createVectorCollection(parts, request, () => toDefinitionV2(request.body, request.database))),
    two.body(v2.describe, (request) => describeCollection(parts, request)),
    two.body(v2.drop, (request) => dropCollection(parts, request)),
    two.body(v2.list, (request) => listCollections(parts, request)),
    two.body(v2.insert, (request) => writeEntities(parts, "insert", request)),
    two.body(v2.upsert, (request) => writeEntities(parts, "upsert", request)),
    two.body(v2.get, (request) => getEntities(parts, request)),
  ];
}

type HandlePermitted<Body> = (request: PermittedRequest<Body>) => Promise<ServiceReply>;

/** Endpoints that check the caller's privilege in the database of the body or of the query. */
function createEndpoints(version: InterfaceVersion) {
  return {
    body: <Body extends z.ZodType<NamesDatabase>, Reply extends z.ZodType>(contract: Contract<Body, Reply>, handle: HandlePermitted<z.output<Body>>): Endpoint =>
      endpoint(contract, async (call) => handle(permit(version, contract, call))),
    query: (contract: Contract, handle: HandlePermitted<NamesCollection>): Endpoint =>
      endpoint(contract, async (call) => handle(permit(version, contract, { ...call, body: readNames(call.query) }))),
  };
}

/** Keeps an empty `dbName`, which the first version refuses. */
function readNames(query: Query): NamesCollection {
  const [dbName] = [query["dbName"] ?? []].flat();
  return { dbName, collectionName: readParameter(query, "collectionName") ?? "" };
}
