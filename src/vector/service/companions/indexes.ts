import type { ServiceReply } from "../../../contract/service.js";
import { vectorCollectionDefinition } from "../../definition/definition.js";
import { describedIndexes, isLoaded, isVectorType, toIndexes } from "../../definition/indexes.js";
import { addIndex, type NewIndex } from "./new-index.js";
import { refuseParameter, vectorFailures } from "../../failures/vector-failures.js";
import { invalidParameter } from "../../values/inspection.js";
import { toNumericId } from "../describe.js";
import { locateCollection, pathOf } from "../locate.js";
import type { NamesCollection, PermittedRequest, VectorServiceParts } from "../permitted-request.js";
import { shorten } from "../../../json/quote.js";
import { changeDefinition, type DefinitionChange } from "./change-definition.js";

interface NewIndexes extends NamesCollection {
  readonly indexParams: readonly NewIndex[];
}

/** One after the other: a failure keeps the earlier ones. The collection stays loaded or not loaded. */
export async function createIndexes(
  parts: VectorServiceParts,
  request: PermittedRequest<NewIndexes>,
): Promise<ServiceReply> {
  const { version, body } = request;
  for (const [position, wanted] of body.indexParams.entries())
    await changeDefinition(parts, request, (definition) => {
      const indexes = addIndex(definition, wanted, position);
      return indexes && { ...definition, loaded: isLoaded(definition), indexes };
    });
  if (body.indexParams.length === 0)
    await locateCollection(parts.context.store.collections, pathOf(request), "collection-absent");
  return { body: version.toReply({}) };
}

export async function listIndexes(
  { context }: VectorServiceParts,
  request: PermittedRequest<NamesCollection>,
): Promise<ServiceReply> {
  const { collection } = await locateCollection(context.store.collections, pathOf(request), "collection-absent");
  const indexes = toIndexes(vectorCollectionDefinition.parse(collection.definition));
  return { body: request.version.toReply(indexes.map(({ indexName }) => indexName)) };
}

interface NamesIndex extends NamesCollection {
  readonly indexName: string;
}

export async function describeIndex(
  { context }: VectorServiceParts,
  request: PermittedRequest<NamesIndex>,
): Promise<ServiceReply> {
  const { collections, records } = context.store;
  const { collection } = await locateCollection(collections, pathOf(request), "collection-absent");
  const name = request.body.indexName;
  const found = describedIndexes(vectorCollectionDefinition.parse(collection.definition)).find(
    ({ indexName }) => indexName === name,
  );
  if (found === undefined) throw vectorFailures.refuse("index-not-found", { index: shorten(name) });
  const [rows = 0] = await records.countRecords([collection]);
  const { fieldName, indexName, indexType, metricType, indexParams } = found;
  return {
    body: request.version.toReply([
      {
        failReason: "",
        fieldName,
        indexName,
        indexParams: indexParams.map((each) => ({ ...each })),
        indexState: "Finished",
        indexType,
        indexedRows: rows,
        "indexoffsetcache.enabled": "",
        maxIndexVersion: 0,
        metricType,
        minIndexVersion: 0,
        "mmap.enabled": "",
        pendingRows: 0,
        totalRows: rows,
        warmup: "",
      },
    ]),
  };
}

/** An index that does not exist is not refused; one of a vector of a loaded collection is kept. */
export function dropIndex(parts: VectorServiceParts, request: PermittedRequest<NamesIndex>): Promise<ServiceReply> {
  const toChanged: DefinitionChange = (definition, { id }) => {
    const { indexes = [], fields } = definition;
    const dropped = indexes.find(({ fieldName, indexName = fieldName }) => indexName === request.body.indexName);
    if (dropped === undefined) return undefined;
    const type = fields.find(({ name }) => name === dropped.fieldName)?.type;
    const loaded = isLoaded(definition);
    if (loaded && type !== undefined && isVectorType(type)) {
      const problem = `vector index cannot be dropped on loaded collection: ${toNumericId(id)}`;
      throw refuseParameter({ field: "indexName", rule: "loaded", cause: invalidParameter(problem) });
    }
    return { ...definition, loaded, indexes: indexes.filter((each) => each !== dropped) };
  };
  return changeDefinition(parts, request, toChanged, { judgesName: false });
}
