import { readParameter } from "../../contract/message.js";
import { endpoint, type Endpoint, type ServiceCall, type ServiceContext } from "../../contract/service.js";
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

type PartsOf = (context: ServiceContext) => VectorServiceParts;

/** Both versions of the interface are one service. */
export function createVectorService({ v1, v2 }: VectorContracts): readonly Endpoint<ServiceContext>[] {
  const lasting = { compiled: createCompiledCollections(), takeTurn: createTurns() };
  const on: PartsOf = (context) => ({ context, ...lasting });
  const one = interfaceV1;
  const two = interfaceV2;
  return [
    endpoint(v1.insert, (context, call) => writeEntities(on(context), "insert", permit(one, call))),
    endpoint(v1.upsert, (context, call) => writeEntities(on(context), "upsert", permit(one, call))),
    endpoint(v1.list, (context, call) => listCollections(on(context), permit(one, withNames(call)))),
    endpoint(v1.create, (context, call) => createVectorCollection(on(context), permit(one, call), toDefinitionV1)),
    endpoint(v1.describe, (context, call) => describeCollection(on(context), permit(one, withNames(call)))),
    endpoint(v1.drop, (context, call) => dropCollection(on(context), permit(one, call))),
    endpoint(v1.get, (context, call) => getEntities(on(context), permit(one, call))),
    endpoint(v1.delete, (context, call) => deleteEntities(on(context), permit(one, call))),
    endpoint(v2.create, (context, call) =>
      createVectorCollection(on(context), permitLookup(two, call), toDefinitionV2),
    ),
    endpoint(v2.describe, (context, call) => describeCollection(on(context), permit(two, call))),
    endpoint(v2.drop, (context, call) => dropCollection(on(context), permit(two, call))),
    endpoint(v2.list, (context, call) => listCollections(on(context), permit(two, call))),
    endpoint(v2.insert, (context, call) => writeEntities(on(context), "insert", permitLookup(two, call))),
    endpoint(v2.upsert, (context, call) => writeEntities(on(context), "upsert", permitLookup(two, call))),
    endpoint(v2.get, (context, call) => getEntities(on(context), permit(two, call))),
    endpoint(v2.delete, (context, call) => deleteEntities(on(context), permitLookup(two, call))),
    ...companionEndpoints(v2, on),
  ];
}

/** The calls that clients of the second version make around their writes. */
function companionEndpoints(v2: VectorContracts["v2"], on: PartsOf): readonly Endpoint<ServiceContext>[] {
  const two = interfaceV2;
  return [
    endpoint(v2.has, (context, call) => hasCollection(on(context), permit(two, call))),
    endpoint(v2.getLoadState, (context, call) => getLoadState(on(context), permit(two, call))),
    endpoint(v2.load, (context, call) => describeAsLoaded(on(context), permit(two, call))),
    endpoint(v2.release, (context, call) => releaseCollection(on(context), permit(two, call))),
    endpoint(v2.getStats, (context, call) => getStats(on(context), permit(two, call))),
    endpoint(v2.rename, (context, call) => renameCollection(on(context), permit(two, call))),
    endpoint(v2.listPartitions, (context, call) => listPartitions(on(context), permit(two, call))),
    endpoint(v2.hasPartition, (context, call) => hasPartition(on(context), permit(two, call))),
    endpoint(v2.createIndexes, (context, call) => createIndexes(on(context), permit(two, call))),
    endpoint(v2.describeIndex, (context, call) => describeIndex(on(context), permit(two, call))),
    endpoint(v2.listIndexes, (context, call) => listIndexes(on(context), permit(two, call))),
    endpoint(v2.dropIndex, (context, call) => dropIndex(on(context), permit(two, call))),
    endpoint(v2.createAlias, (context, call) => setAlias(on(context), permit(two, call), "create")),
    endpoint(v2.describeAlias, (context, call) => describeAlias(on(context), permit(two, call))),
    endpoint(v2.listAliases, (context, call) => listAliases(on(context), permit(two, call))),
    endpoint(v2.alterAlias, (context, call) => setAlias(on(context), permit(two, call), "alter")),
    endpoint(v2.dropAlias, (context, call) => dropAlias(on(context), permit(two, call))),
    endpoint(v2.listDatabases, (context, call) => listDatabases(on(context), call)),
    endpoint(v2.createDatabase, (context, call) => createDatabase(on(context), permit(two, call))),
    endpoint(v2.describeDatabase, (context, call) => describeDatabase(on(context), permit(two, call))),
    endpoint(v2.dropDatabase, (context, call) => dropDatabase(on(context), permit(two, call))),
  ];
}

/** The call with the names of its query as the body. An empty `dbName`, which the first version refuses, stays. */
function withNames(call: ServiceCall<unknown>): ServiceCall<NamesCollection> {
  const [dbName] = [call.query["dbName"] ?? []].flat();
  return { ...call, body: { dbName, collectionName: readParameter(call.query, "collectionName") ?? "" } };
}
