import type { Collection } from "../../../core/collection.js";
import type { JsonObject } from "../../../json/value.js";
import { repeatWhileStale } from "../../../contract/repeat-while-stale.js";
import type { ServiceReply } from "../../../contract/service.js";
import { compileCollection } from "../../collection/compiled-collection.js";
import { vectorCollectionDefinition, type VectorCollectionDefinition } from "../../definition/definition.js";
import { vectorFailures } from "../../failures/vector-failures.js";
import { locateCollection, locateUnjudged, pathOf } from "../locate.js";
import type { NamesCollection, PermittedRequest, VectorServiceParts } from "../permitted-request.js";

/** The changes of definitions that may come between one that is read and its change: each client changes a few. */
export const changeAttempts = 50;

/** The definition to store instead; undefined: nothing is to change. @throws RefusalError */
export type DefinitionChange = (
  definition: VectorCollectionDefinition,
  collection: Collection,
) => VectorCollectionDefinition | undefined;

/** Changes the definition of the collection of a request, of several concurrent changes one after the other. */
export function changeDefinition(
  { context }: Pick<VectorServiceParts, "context">,
  request: PermittedRequest<NamesCollection>,
  toChanged: DefinitionChange,
  { judgesName }: { readonly judgesName: boolean } = { judgesName: true },
): Promise<ServiceReply> {
  const { collections } = context.store;
  const attempt = async (): Promise<ServiceReply | undefined> => {
    const path = pathOf(request);
    const collection = judgesName
      ? (await locateCollection(collections, path, "collection-absent")).collection
      : await locateUnjudged(collections, path);
    const changed = toChanged(vectorCollectionDefinition.parse(collection.definition), collection);
    if (changed !== undefined) {
      compileCollection(changed);
      const outcome = await collections.changeDefinition(collection, toStoredDefinition(changed));
      if (outcome === "stale") return undefined;
    }
    return { body: request.version.toReply({}) };
  };
  return repeatWhileStale(attempt, { attempts: changeAttempts, refuse: () => refuseContended(request) });
}

export function refuseContended({ body }: PermittedRequest<NamesCollection>) {
  return vectorFailures.refuse("schema-mismatch", { collection: body.collectionName });
}

/** A parsed definition is JSON; only its `default` is unknown to the schema. */
export function toStoredDefinition(definition: VectorCollectionDefinition): JsonObject {
  return definition as JsonObject;
}
