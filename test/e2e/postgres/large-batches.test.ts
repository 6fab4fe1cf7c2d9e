import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isJsonObject, type JsonObject } from "../../../src/json/value.js";
import { createCollection, errorFields, request, resultOf } from "../graphql-request.js";
import { startProgram, type Program } from "../program.js";
import { createDatabase, type Database } from "./database.js";

const mebibyte = 1024 * 1024;

interface Scene {
  readonly provider: string;
  readonly definition: JsonObject;
  readonly target: JsonObject;
  readonly limitBytes: number;
  /** The rest of the contract's body around the records. */
  readonly envelope: JsonObject;
  readonly record: (index: number, text: string) => JsonObject;
}

const scenes: readonly Scene[] = [
  {
    provider: "zilliz",
    definition: {
      collectionName: "large",
      fields: [
        { name: "id", type: "Int64", primary: true },
        { name: "vector", type: "FloatVector", dim: 2 },
        { name: "text", type: "VarChar", maxLength: 65535 },
      ],
    },
    target: { collectionName: "large" },
    limitBytes: 50 * mebibyte,
    envelope: { collectionName: "large", data: [] },
    record: (index, text) => ({ id: 1_000_000 + index, vector: [1, 2], text }),
  },
  {
    provider: "redivis",
    definition: {
      owner: "demo",
      dataset: { name: "large" },
      table: { name: "large", uploads: [{ name: "large", schema: [{ name: "text", type: "string" }] }] },
    },
    target: { tableReference: "demo.large:next.large", uploadName: "large" },
    limitBytes: 100 * mebibyte,
    envelope: { rows: [] },
    record: (_index, text) => ({ text }),
  },
];

/** Records whose contract body has exactly this number of bytes. */
function recordsOf({ envelope, record }: Scene, bytes: number): readonly JsonObject[] {
  const count = 2000;
  const empty = Array.from({ length: count }, (_, index) => record(index, ""));
  const left = bytes - JSON.stringify(envelope).length - (JSON.stringify(empty).length - 2);
  const share = Math.floor(left / count);
  return empty.map((_, index) => record(index, "x".repeat(share + (index < left % count ? 1 : 0))));
}

async function insert(url: string, { provider, target }: Scene, records: readonly JsonObject[]): Promise<JsonObject> {
  const mutation = `mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { __typename ${errorFields}
    ... on InsertRecordsSuccess { insertedCount } ... on WritePayloadTooLargeError { limit actual unit } } }`;
  return resultOf(await request(url, mutation, { input: { target: { [provider]: target }, records } }));
}

async function hasRecords(url: string, collectionId: string): Promise<boolean> {
  const { recordCollection: collection } = await request(
    url,
    "query ($id: ID!) { recordCollection(id: $id) { records(first: 1) { nodes { id } } } }",
    { id: collectionId },
  );
  return isJsonObject(collection) && JSON.stringify(collection).includes('"id"');
}

describe.each(scenes)("$provider over a server", { timeout: 240_000 }, (scene) => {
  let database: Database;
  let program: Program;
  beforeAll(async () => {
    database = await createDatabase();
    program = await startProgram({ DATABASE_URL: database.url });
  });
  afterAll(async () => {
    await program.stop("SIGTERM");
    await database.drop();
  });

  test("refuses one byte too many and stores nothing, then accepts a body of exactly the limit", async () => {
    const collection = await createCollection(program.url, { [scene.provider]: scene.definition });
    expect(await insert(program.url, scene, recordsOf(scene, scene.limitBytes + 1))).toMatchObject({
      __typename: "WritePayloadTooLargeError",
      limit: scene.limitBytes,
      actual: scene.limitBytes + 1,
      unit: "bytes",
      outcome: "NOT_APPLIED",
    });
    expect(await hasRecords(program.url, collection)).toBe(false);
    expect(await insert(program.url, scene, recordsOf(scene, scene.limitBytes))).toMatchObject({
      __typename: "InsertRecordsSuccess",
      insertedCount: 2000,
    });
  });
});
