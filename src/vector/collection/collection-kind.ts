import type { JsonObject } from "../../json/value.js";
import type { NewCollection } from "../../core/collection.js";
import { vectorAccess } from "../definition/access.js";
import type { CollectionKind } from "../../contract/provider.js";
import { compileCollection, createCompiledCollections } from "./compiled-collection.js";
import { vectorCollectionDefinition, type VectorCollectionDefinition } from "../definition/definition.js";
import { toReadForm } from "./read-form.js";

/** Vector collections: declared with the names of the database, read in the form of its queries. */
export function createVectorCollections(): CollectionKind<typeof vectorCollectionDefinition> {
  const compiled = createCompiledCollections();
  return {
    definition: vectorCollectionDefinition,
    toCollection: toVectorCollection,
    access: vectorAccess,
    toFields: (collection, record) => toReadForm(compiled(collection), record),
  };
}

/** @throws DefinitionError */
export function toVectorCollection(definition: VectorCollectionDefinition): Omit<NewCollection, "provider"> {
  compileCollection(definition);
  const { collectionName: name, dbName } = definition;
  // The definition was parsed from JSON; only its `default` is unknown to the schema.
  return {
    name,
    space: { name: dbName, definition: {} },
    definition: definition as JsonObject,
    takenBy: pathOfAlias(name),
  };
}

/** Where the definition of a database keeps an alias: collections and aliases have different names. */
export function pathOfAlias(alias: string): readonly string[] {
  return ["aliases", alias];
}
