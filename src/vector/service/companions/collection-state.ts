import type { ServiceReply } from "../../../contract/service.js";
import { shorten } from "../../../json/quote.js";
import { vectorCollectionDefinition } from "../../definition/definition.js";
import { fieldsWithoutIndex, isLoaded } from "../../definition/indexes.js";
import { refuseParameter, vectorFailures } from "../../failures/vector-failures.js";
import { invalidParameter } from "../../values/inspection.js";
import { checkCollectionName, findByAnyName, locateByName, locateUnjudged, pathOf } from "../locate.js";
import { requirePartition } from "../partitions.js";
import type { NamesCollection, PermittedRequest, VectorServiceParts } from "../permitted-request.js";
import { changeDefinition } from "./change-definition.js";

export async function hasCollection(
  { context }: VectorServiceParts,
  request: PermittedRequest<NamesCollection>,
): Promise<ServiceReply> {
  const { collection } = await locateByName(context.store.collections, pathOf(request));
  return { body: request.version.toReply({ has: collection !== undefined }) };
}

interface LoadStateRequest extends NamesCollection {
  readonly partitionNames?: readonly string[] | null | undefined;
}

/** An unknown database is answered like an unknown collection. */
export async function getLoadState(
  { context }: VectorServiceParts,
  { version, database, body }: PermittedRequest<LoadStateRequest>,
): Promise<ServiceReply> {
  const name = body.collectionName;
  checkCollectionName(name);
  const { collection } = await findByAnyName(context.store.collections, { database, collection: name });
  if (collection === undefined) throw vectorFailures.refuse("collection-absent-by-name", { collection: name });
  const definition = vectorCollectionDefinition.parse(collection.definition);
  for (const partition of body.partitionNames ?? []) requirePartition(definition, partition);
  return {
    body: isLoaded(definition)
      ? { ...version.toReply({ loadProgress: 100, loadState: "LoadStateLoaded" }), message: "" }
      : version.toReply({ loadState: "LoadStateNotLoad" }),
  };
}

/** @throws RefusalError for a collection with a vector field that has no index */
export function describeAsLoaded(
  parts: VectorServiceParts,
  request: PermittedRequest<NamesCollection>,
): Promise<ServiceReply> {
  return changeDefinition(parts, request, (definition) => {
    const missing = fieldsWithoutIndex(definition);
    if (missing.length > 0 && !definition.indexes?.length)
      throw vectorFailures.refuse("no-index", { collection: request.body.collectionName });
    if (missing.length > 0) throw refuseWithoutIndex(missing);
    return isLoaded(definition) ? undefined : { ...definition, loaded: true };
  });
}

export function refuseWithoutIndex(fields: readonly string[]) {
  const problem = `there is no vector index on field: [${shorten(fields.join(" "))}], please create index firstly`;
  return refuseParameter({ field: "indexParams", rule: "no-index", cause: invalidParameter(problem) });
}

export function releaseCollection(
  parts: VectorServiceParts,
  request: PermittedRequest<NamesCollection>,
): Promise<ServiceReply> {
  return changeDefinition(parts, request, (definition) =>
    isLoaded(definition) ? { ...definition, loaded: false } : undefined,
  );
}

export async function getStats(
  { context }: VectorServiceParts,
  { version, database, body }: PermittedRequest<NamesCollection>,
): Promise<ServiceReply> {
  const { collections, records } = context.store;
  const collection = await locateUnjudged(collections, { database, collection: body.collectionName });
  const [rowCount = 0] = await records.countRecords([collection]);
  return { body: version.toReply({ rowCount }) };
}
