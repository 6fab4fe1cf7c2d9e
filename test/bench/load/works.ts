import { isJsonArray, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import { type Book, collectionName, createBooks, createVectorBooks } from "./books.js";
import { peerWorks, readPath } from "./peer-works.js";

/** What one request asks for, in the words of one face. */
export interface Work {
  readonly path: string;
  /** Whether a request adds its records to those that are stored; an upsert of stored keys does not. */
  readonly adds: boolean;
  /** About the bytes of a record in a body. */
  readonly recordBytes: number;
  readonly createRecords: (first: number, count: number) => readonly Book[];
  readonly toBody: (records: readonly Book[]) => JsonObject;
  /** The number of written records that the response tells; undefined: the response is not a success. */
  readonly readCount: (response: JsonObject) => JsonValue | undefined;
}

type Mutation = Pick<Work, "adds" | "toBody" | "readCount" | "path">;

const target = { milvus: { collectionName } };
const smallRecords = { recordBytes: 90, createRecords: createBooks };
const vectorRecords = { recordBytes: 9000, createRecords: createVectorBooks };

function defineMutation(
  field: string,
  inputType: string,
  success: { type: string; count: string },
): Omit<Mutation, "adds"> {
  const query = `mutation ($input: ${inputType}!) { ${field}(input: $input) { __typename ... on ${success.type} { ${success.count} ids } ... on WriteError { message } } }`;
  return {
    path: "/graphql",
    toBody: (records) => ({ query, variables: { input: { target, records } } }),
    readCount: (response) => {
      const result = readPath(response, ["data", field]);
      if (readPath(result, ["__typename"]) !== success.type || !isJsonArray(readPath(result, ["ids"])))
        return undefined;
      return readPath(result, [success.count]);
    },
  };
}

const insert: Mutation = {
  adds: true,
  ...defineMutation("insertRecords", "InsertRecordsInput", { type: "InsertRecordsSuccess", count: "insertedCount" }),
};

/** Of keys that are stored. */
const upsert: Mutation = {
  adds: false,
  ...defineMutation("upsertEntities", "UpsertEntitiesInput", { type: "UpsertEntitiesSuccess", count: "upsertedCount" }),
};

export const works = {
  insert: { ...insert, ...smallRecords },
  upsert: { ...upsert, ...smallRecords },
  insertVectors: { ...insert, ...vectorRecords },
  upsertVectors: { ...upsert, ...vectorRecords },
  restInsert: {
    path: "/v2/vectordb/entities/insert",
    adds: true,
    ...smallRecords,
    toBody: (records) => ({ collectionName, data: records }),
    readCount: (response) => (response["code"] === 0 ? readPath(response, ["data", "insertCount"]) : undefined),
  },
  hiveInsert: { ...peerWorks.hiveInsert, ...smallRecords },
  createRecord: { ...peerWorks.createRecord, ...smallRecords },
  insertJsonBooks: { ...peerWorks.insertJsonBooks, ...smallRecords },
  insertTypedBooks: { ...peerWorks.insertTypedBooks, ...smallRecords },
} as const satisfies Record<string, Work>;

export type WorkName = keyof typeof works;
