import { readParameter } from "../../contract/message.js";
import type { ServiceContext } from "../../contract/provider.js";
import { endpoint, type Endpoint, type ServiceCall } from "../../contract/service.js";
import { createVectorCollection, describeCollection, dropCollection, listCollections } from "./collections.js";
import { createCompiledCollections } from "../collection/compiled-collection.js";
import type { VectorContracts } from "../wire/contracts.js";
import { toDefinitionV1 } from "../wire/create-v1.js";
import { toDefinitionV2 } from "../wire/create-v2.js";
import { getEntities, deleteEntities } from "./entities.js";
import { permit, permitLookup, type NamesCollection, type VectorServiceParts } from "./permitted-request.js";
import { interfaceV1, interfaceV2 } from "./interface-version.js";
import { describeAlias, dropAlias, listAliases, setAlias } from "./companions/aliases.js";
import {
  getLoadState,
  getStats,
  hasCollection,
  describeAsLoaded,
  releaseCollection,
} from "./companions/collection-state.js";
import { createDatabase, describeDatabase, dropDatabase, listDatabases } from "./companions/databases.js";
import { createIndexes, describeIndex, dropIndex, listIndexes } from "./companions/indexes.js";
import { hasPartition, listPartitions } from "./companions/partition-names.js";
import { renameCollection } from "./companions/rename-collection.js";
import { createTurns } from "./turns.js";
import { writeEntities } from "./write.js";

/** Both versions of the interface are one service. */
export function createVectorService({ v1, v2 }: VectorContracts, context: ServiceContext): readonly Endpoint[] {
  const parts: VectorServiceParts = { context, compiled: createCompiledCollections(), takeTurn: createTurns() };
  const one = interfaceV1;
  const two = interfaceV2;
  return [
    endpoint(v1.insert, (call) => writeEntities(parts, "insert", permit(one, call))),
    endpoint(v1.upsert, (call) => writeEntities(parts, "upsert", permit(one, call))),
    endpoint(v1.list, (call) => listCollections(parts, permit(one, withNames(call)))),
    endpoint(v1.create, (call) => createVectorCollection(parts, permit(one, call), toDefinitionV1)),
    endpoint(v1.describe, (call) => describeCollection(parts, permit(one, withNames(call)))),
    endpoint(v1.drop, (call) => dropCollection(parts, permit(one, call))),
    endpoint(v1.get, (call) => getEntities(parts, permit(one, call))),
    endpoint(v1.delete, (call) => deleteEntities(parts, permit(one, call))),
    endpoint(v2.create, (call) => createVectorCollection(parts, permitLookup(two, call), toDefinitionV2)),
    endpoint(v2.describe, (call) => describeCollection(parts, permit(two, call))),
    endpoint(v2.drop, (call) => dropCollection(parts, permit(two, call))),
    endpoint(v2.list, (call) => listCollections(parts, permit(two, call))),
    endpoint(v2.insert, (call) => writeEntities(parts, "insert", permitLookup(two, call))),
    endpoint(v2.upsert, (call) => writeEntities(parts, "upsert", permitLookup(two, call))),
    endpoint(v2.get, (call) => getEntities(parts, permit(two, call))),
    endpoint(v2.delete, (call) => deleteEntities(parts, permitLookup(two, call))),
    ...companionEndpoints(v2, parts),
  ];
}

/** The calls that clients of the second version make around their writes. */
function companionEndpoints(v2: VectorContracts["v2"], parts: VectorServiceParts): readonly Endpoint[] {
  const two = interfaceV2;
  return [
    endpoint(v2.has, (call) => hasCollection(parts, permit(two, call))),
    endpoint(v2.getLoadState, (call) => getLoadState(parts, permit(two, call))),
    endpoint(v2.load, (call) => describeAsLoaded(parts, permit(two, call))),
    endpoint(v2.release, (call) => releaseCollection(parts, permit(two, call))),
    endpoint(v2.getStats, (call) => getStats(parts, permit(two, call))),
    endpoint(v2.rename, (call) => renameCollection(parts, permit(two, call))),
    endpoint(v2.listPartitions, (call) => listPartitions(parts, permit(two, call))),
    endpoint(v2.hasPartition, (call) => hasPartition(parts, permit(two, call))),
    endpoint(v2.createIndexes, (call) => createIndexes(parts, permit(two, call))),
    endpoint(v2.describeIndex, (call) => describeIndex(parts, permit(two, call))),
    endpoint(v2.listIndexes, (call) => listIndexes(parts, permit(two, call))),
    endpoint(v2.dropIndex, (call) => dropIndex(parts, permit(two, call))),
    endpoint(v2.createAlias, (call) => setAlias(parts, permit(two, call), "create")),
    endpoint(v2.describeAlias, (call) => describeAlias(parts, permit(two, call))),
    endpoint(v2.listAliases, (call) => listAliases(parts, permit(two, call))),
    endpoint(v2.alterAlias, (call) => setAlias(parts, permit(two, call), "alter")),
    endpoint(v2.dropAlias, (call) => dropAlias(parts, permit(two, call))),
    endpoint(v2.listDatabases, (call) => listDatabases(parts, call)),
    endpoint(v2.createDatabase, (call) => createDatabase(parts, permit(two, call))),
    endpoint(v2.describeDatabase, (call) => describeDatabase(parts, permit(two, call))),
    endpoint(v2.dropDatabase, (call) => dropDatabase(parts, permit(two, call))),
  ];
}

/** The call with the names of its query as the body. An empty `dbName`, which the first version refuses, stays. */
function withNames(call: ServiceCall<unknown>): ServiceCall<NamesCollection> {
  const [dbName] = [call.query["dbName"] ?? []].flat();
  return { ...call, body: { dbName, collectionName: readParameter(call.query, "collectionName") ?? "" } };
}
