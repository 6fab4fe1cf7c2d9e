import type { ServiceReply } from "../../../contract/service.js";
import { vectorCollectionDefinition } from "../../definition/definition.js";
import { checkCollectionName, locateCollection, pathOf } from "../locate.js";
import { checkPartitionName, partitionsOf } from "../partitions.js";
import type { NamesCollection, PermittedRequest, VectorServiceParts } from "../permitted-request.js";

export async function listPartitions(
  parts: VectorServiceParts,
  request: PermittedRequest<NamesCollection>,
): Promise<ServiceReply> {
  return { body: request.version.toReply(await readPartitions(parts, request)) };
}

interface NamesPartition extends NamesCollection {
  readonly partitionName: string;
}

export async function hasPartition(
  parts: VectorServiceParts,
  request: PermittedRequest<NamesPartition>,
): Promise<ServiceReply> {
  const { collectionName, partitionName } = request.body;
  checkCollectionName(collectionName);
  checkPartitionName(partitionName);
  const partitions = await readPartitions(parts, request);
  return { body: request.version.toReply({ has: partitions.includes(partitionName) }) };
}

async function readPartitions(
  { context }: VectorServiceParts,
  request: PermittedRequest<NamesCollection>,
): Promise<readonly string[]> {
  const { collection } = await locateCollection(context.store.collections, pathOf(request), "collection-absent");
  return partitionsOf(vectorCollectionDefinition.parse(collection.definition));
}
