import type { JsonObject, JsonValue } from "../../json/value.js";
import type { ServiceReply } from "../../contract/service.js";
import {
  wantsText,
  type LookupRequest,
  type PermittedRequest,
  type NamesCollection,
  type VectorServiceParts,
} from "./permitted-request.js";
import { readKeyFilter } from "../collection/key-filter.js";
import { readKeys } from "../collection/keys.js";
import { locateCollection, pathOf } from "./locate.js";
import { checkPartitionUse, requirePartition } from "./partitions.js";
import { createSelection } from "../collection/output-fields.js";
import { int64AsText, toReadForm } from "../collection/read-form.js";

interface EntityKeys extends NamesCollection {
  readonly id: JsonValue;
  readonly outputFields?: readonly string[] | null | undefined;
  readonly partitionName?: string | null | undefined;
  readonly partitionNames?: readonly string[] | null | undefined;
}

/**
 * All entities that have one of the keys, in order of insertion, also for a collection that is described as not loaded.
 */
export async function getEntities(
  { context, compiled }: VectorServiceParts,
  request: PermittedRequest<EntityKeys>,
): Promise<ServiceReply> {
  const { version, headers, body } = request;
  const { collections, records } = context.store;
  const { collection } = await locateCollection(collections, pathOf(request));
  const ready = compiled(collection);
  const keys = readKeys(ready, body);
  for (const partition of version.servesPartitions ? [body.partitionName, ...(body.partitionNames ?? [])] : []) {
    checkPartitionUse(ready.definition, partition);
    requirePartition(ready.definition, partition);
  }
  const select = createSelection(ready, body.outputFields);
  const found = keys.length === 0 ? [] : await records.recordsByKey(collection, keys);
  const asText = wantsText(headers);
  const rows = found.map((record): JsonObject => {
    const row = toReadForm(ready, record);
    return select(asText ? int64AsText(ready, row) : row);
  });
  return { body: version.toRowsReply(rows) };
}

interface EntitySelection extends NamesCollection {
  readonly id?: JsonValue | undefined;
  readonly filter?: string | null | undefined;
  readonly exprParams?: JsonObject | null | undefined;
  readonly partitionName?: string | null | undefined;
}

/** A filter takes precedence over ids. The count is that of the selected keys, whether or not an entity has them. */
export async function deleteEntities(
  { context, compiled }: VectorServiceParts,
  request: LookupRequest<EntitySelection>,
): Promise<ServiceReply> {
  const { version, body } = request;
  const { collections, records } = context.store;
  const { collection } = await locateCollection(collections, pathOf(request));
  request.permit();
  const { filter, exprParams } = body;
  const ready = compiled(collection);
  const keys = filter ? readKeyFilter(ready, { filter, exprParams }) : readKeys(ready, body);
  if (version.servesPartitions) {
    checkPartitionUse(ready.definition, body.partitionName);
    requirePartition(ready.definition, body.partitionName);
  }
  if (keys.length > 0) await records.deleteByKey(collection, [...new Set(keys)]);
  return { body: version.toDeleteReply(keys.length) };
}
