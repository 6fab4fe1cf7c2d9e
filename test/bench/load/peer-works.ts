import { isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import { type Book, collectionName } from "./books.js";

interface PeerWork {
  readonly path: string;
  readonly adds: true;
  readonly toBody: (records: readonly Book[]) => JsonObject;
  readonly readCount: (response: JsonObject) => JsonValue | undefined;
}

/** The insert of API v1 as Hive Gateway derives it from the OpenAPI document. */
const hiveInsert: PeerWork = {
  path: "/graphql",
  adds: true,
  toBody: (records) => ({
    query: `mutation ($input: insertRows_request_Input!) { insertRows(input: $input) { code message data { insertCount insertIds } } }`,
    variables: { input: { collectionName, data: records } },
  }),
  readCount: (response) =>
    readPath(response, ["data", "insertRows", "code"]) === 200
      ? readPath(response, ["data", "insertRows", "data", "insertCount"])
      : undefined,
};

/** The mutation that PostGraphile derives from the table; the client packs the vector itself. */
const createRecord: PeerWork = {
  path: "/graphql",
  adds: true,
  toBody: ([book]) => ({
    query: `mutation ($record: RecordInput!) { createRecord(input: { record: $record }) { record { key } } }`,
    variables: {
      record: {
        collectionId: "00000000-0000-4000-8000-000000000000",
        insertedAt: "2026-01-01T00:00:00Z",
        version: 1,
        bytes: 80,
        ...(book !== undefined && toColumns(book)),
      },
    },
  }),
  readCount: (response) =>
    typeof readPath(response, ["data", "createRecord", "record", "key"]) === "string" ? 1 : undefined,
};

/** A mutation that PostGraphile derives from a function of the database, which answers the number of records. */
function callFunction(name: string, argumentType: string, toArgument: (books: readonly Book[]) => JsonValue): PeerWork {
  return {
    path: "/graphql",
    adds: true,
    toBody: (records) => ({
      query: `mutation ($books: ${argumentType}) { ${name}(input: { books: $books }) { result } }`,
      variables: { books: toArgument(records) },
    }),
    readCount: (response) => readPath(response, ["data", name, "result"]),
  };
}

export const peerWorks = {
  hiveInsert,
  createRecord,
  insertJsonBooks: callFunction("insertJsonBooks", "JSON!", (books) => books.map(toColumns)),
  insertTypedBooks: callFunction("insertTypedBooks", "[NewBookInput]!", (books) => books.map(toColumns)),
} as const;

function toColumns({ book_id, title, year, vector }: Book): JsonObject {
  const vectors = Buffer.from(Float32Array.from(vector).buffer).toString("base64");
  return { key: String(book_id), fields: { book_id, title, year }, vectors };
}

export function readPath(value: JsonValue | undefined, [name, ...rest]: readonly string[]): JsonValue | undefined {
  if (name === undefined) return value;
  return isJsonObject(value) ? readPath(value[name], rest) : undefined;
}
