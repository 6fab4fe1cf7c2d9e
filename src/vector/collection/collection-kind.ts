import type { JsonObject } from "../../json/value.js";
import type { NewCollection } from "../../core/collection.js";
import { access } from "../definition/access.js";
import type { CollectionKind } from "../../contract/provider.js";
import { compileCollection, createCompiledCollections } from "./compiled-collection.js";
import { collectionDefinition, type CollectionDefinition } from "../definition/definition.js";
import { toReadForm } from "./read-form.js";

/** Vector collections: declared in the words of the database, read in the form of its queries. */
export function createVectorCollections(): CollectionKind<typeof collectionDefinition> {
  const compiled = createCompiledCollections();
  return {
    definition: collectionDefinition,
    toCollection,
    access,
    toFields: (collection, record) => toReadForm(compiled(collection), record),
  };
}

/** @throws DefinitionRefused */
export function toCollection(definition: CollectionDefinition): Omit<NewCollection, "provider"> {
  compileCollection(definition);
  const { collectionName: name, dbName } = definition;
  // What was parsed as JSON holds nothing else; only `default` is unknown to the schema.
  return { name, space: { name: dbName, definition: {} }, definition: definition as JsonObject };
}
