import type { JsonObject } from "../../core/json.js";
import { access } from "./access.js";
import type { CollectionKind } from "../provider.js";
import { compileCollection, createCompiledCollections } from "./compiled-collection.js";
import { collectionDefinition } from "./definition.js";
import { toReadForm } from "./read-form.js";

/** Vector collections: declared in the words of the database, read in the form of its queries. */
export function createVectorCollections(): CollectionKind<typeof collectionDefinition> {
  const compiled = createCompiledCollections();
  return {
    definition: collectionDefinition,
    toCollection: (definition) => {
      compileCollection(definition);
      const { collectionName: name, dbName } = definition;
      // What was parsed as JSON holds nothing else; only `default` is unknown to the schema.
      return { name, space: { name: dbName, definition: {} }, definition: definition as JsonObject };
    },
    access,
    toFields: (collection, record) => toReadForm(compiled(collection), record),
  };
}
