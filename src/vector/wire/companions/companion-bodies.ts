import { z } from "zod";
import type { JsonValue } from "../../../json/value.js";
import { listOf } from "../../../contract/schema/list-of.js";
import { collectionBody, databaseBody } from "../body.js";
import { optionalText } from "../schema-v2.js";

/** Bodies of the endpoints around a write. Members that the server does not know are ignored. */
const requiredText = z.string().min(1);

export const loadStateBody = collectionBody.extend({
  partitionNames: listOf(z.string()).nullish().describe("Partitions of the collection."),
});

export const renameBody = collectionBody.extend({
  newCollectionName: requiredText.describe("The new name of the collection."),
  newDbName: optionalText.describe("The database that the collection moves to. Default: it stays in its database."),
});

export const partitionBody = collectionBody.extend({ partitionName: requiredText.describe("The name to look for.") });

const anyMembers = z.record(z.string(), z.custom<JsonValue>());

export const indexesBody = collectionBody.extend({
  indexParams: listOf(
    z.object({
      fieldName: optionalText,
      indexName: optionalText,
      metricType: optionalText,
      indexType: optionalText,
      params: anyMembers.nullish(),
    }),
  ).describe("The indexes to create, one after the other."),
});

export const indexBody = collectionBody.extend({ indexName: requiredText.describe("The name of the index.") });

const aliasName = requiredText.describe("The alias.");
export const aliasBody = databaseBody.extend({ aliasName });
export const aliasOfBody = collectionBody.extend({ aliasName });
export const aliasesBody = databaseBody.extend({
  collectionName: optionalText.describe("Selects the aliases of that collection."),
});

const dbName = requiredText.describe("The database.");
export const namedDatabaseBody = z.object({ dbName });
export const newDatabaseBody = namedDatabaseBody.extend({
  properties: anyMembers.nullish().describe("Properties of the database. They are described, of no effect."),
});
