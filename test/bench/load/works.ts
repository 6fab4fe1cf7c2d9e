import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import { bookCollection, type Book } from "./books.js";

/** What one request asks for, in the words of one face. */
export interface Work {
  readonly path: string;
  /** Whether a request adds its records to those that are stored; an upsert of stored keys does not. */
  readonly adds: boolean;
  readonly toBody: (records: readonly Book[]) => JsonObject;
  /** The number of written records that the response tells; undefined: the response is not a success. */
  readonly readCount: (response: JsonObject) => JsonValue | undefined;
}

const target = { milvus: { collectionName: bookCollection.collectionName } };

function graphqlWork(field: string, inputType: string, success: { type: string; count: string }, adds: boolean): Work {
  const query = `mutation ($input: ${inputType}!) { ${field}(input: $input) { __typename ... on ${success.type} { ${success.count} ids } ... on WriteError { message } } }`;
  return {
    path: "/graphql",
    adds,
    toBody: (records) => ({ query, variables: { input: { target, records } } }),
    readCount: ({ data }) => {
      const result = memberOf(data, field);
      if (memberOf(result, "__typename") !== success.type || !isJsonArray(memberOf(result, "ids"))) return undefined;
      return memberOf(result, success.count);
    },
  };
}

export const works = {
  insert: graphqlWork(
    "insertRecords",
    "InsertRecordsInput",
    { type: "InsertRecordsSuccess", count: "insertedCount" },
    true,
  ),
  upsert: graphqlWork(
    "upsertEntities",
    "UpsertEntitiesInput",
    { type: "UpsertEntitiesSuccess", count: "upsertedCount" },
    false,
  ),
  restInsert: {
    path: "/v2/vectordb/entities/insert",
    adds: true,
    toBody: (records) => ({ collectionName: bookCollection.collectionName, data: records }),
    readCount: ({ code, data }) => (code === 0 ? memberOf(data, "insertCount") : undefined),
  },
} as const satisfies Record<string, Work>;

export type WorkName = keyof typeof works;

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}
