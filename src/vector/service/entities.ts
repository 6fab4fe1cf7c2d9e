import type { JsonObject, JsonValue } from "../../json/value.js";
import type { ServiceReply } from "../../contract/service.js";
import { refuseParameter } from "../failures/vector-failures.js";
import { wantsText, type PermittedRequest, type NamesCollection, type VectorServiceParts } from "./permitted-request.js";
import { invalidParameter } from "../values/inspection.js";
import { readKeys } from "../collection/keys.js";
import { locateCollection } from "./locate.js";
import { createSelection } from "../collection/output-fields.js";
import { int64AsText, toReadForm } from "../collection/read-form.js";

interface EntityKeys extends NamesCollection {
  readonly id: JsonValue;
  readonly outputFields?: readonly string[] | null | undefined;
}

/** All entities that have one of the keys, in order of insertion, also for a collection that is described as not loaded. */
export async function getEntities({ context, compiled }: VectorServiceParts, { version, database, headers, body }: PermittedRequest<EntityKeys>): Promise<ServiceReply> {
  const { collections, records } = context.store;
  const { collection } = await locateCollection(collections, { database, collection: body.collectionName });
  const ready = compiled(collection);
  const keys = readKeys(ready, body);
  const select = createSelection(ready, body.outputFields);
  const found = keys.length === 0 ? [] : await records.recordsByKey(collection, keys);
  const asText = wantsText(headers);
  const rows = found.map((record): JsonObject => {
    const row = toReadForm(ready, record);
    return select(asText ? int64AsText(ready, row) : row);
  });
  return { body: version.toReply(rows) };
}

interface EntitySelection extends NamesCollection {
  readonly id?: JsonValue | undefined;
  readonly filter?: string | null | undefined;
}

/** Refuses a filter instead of ignoring it: it takes precedence over ids, and the real server would delete other entities. */
export async function deleteEntities({ context, compiled }: VectorServiceParts, { version, database, body }: PermittedRequest<EntitySelection>): Promise<ServiceReply> {
  const { collections, records } = context.store;
  const { collection } = await locateCollection(collections, { database, collection: body.collectionName });
  if (body.filter) {
    throw refuseParameter({ field: "filter", rule: "unsupported", cause: invalidParameter("failed to create delete plan: filters are not served, give the primary keys in id") });
  }
  const keys = readKeys(compiled(collection), body);
  if (keys.length > 0) await records.deleteByKey(collection, keys);
  return { body: version.toReply({}) };
}
