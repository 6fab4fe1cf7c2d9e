import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/json/value.js";
import { createTestApp } from "../../src/test-app.js";
import { useApp } from "../service/use-app.js";

const app = useApp();
const key = { name: "id", type: "Int64", primary: true };
const schema = [{ name: "a", type: "string" }];
const sheet = { name: "s", fields: [{ name: "a", type: "text" }] };
const halfNamed = [{ name: "\ud800", type: "text" }];
const table = { name: "people", fields: [{ name: "id", type: "TEXT" }] };

function uploadOf(dataset: string, tableName: string, upload: string): JsonObject {
  const uploads = [{ name: upload, schema }];
  return { owner: "demo", dataset: { name: dataset }, table: { name: tableName, uploads } };
}

const wrong: readonly (readonly [provider: string, definition: JsonObject, field: string])[] = [
  ["milvus", { collectionName: "book", description: "\0", fields: [key] }, "description"],
  ["milvus", { collectionName: "book", fields: [{ ...key, description: "\ud800" }] }, "fields.0.description"],
  ["redivis", uploadOf("a\0", "t", "u"), "dataset.name"],
  ["redivis", uploadOf("d", "a\ud800", "u"), "table.name"],
  ["redivis", uploadOf("d", "t", "a\0"), "table.uploads.0.name"],
  ["altatech", { ...table, description: "\0" }, "description"],
  ["altatech", { ...table, bot_id: "\udfff" }, "bot_id"],
  ["dingtalk", { operators: {}, sheets: [{ ...sheet, name: "\0" }] }, "sheets.0.name"],
  ["dingtalk", { operators: {}, sheets: [{ ...sheet, id: "x", fields: halfNamed }] }, "sheets.0.fields.0.name"],
  ["dingtalk", { operators: { "u\0": "edit" }, sheets: [sheet] }, String.raw`operators.u\u0000`],
];

test.each(wrong)("creates no collection of %s with %j and names the field", async (provider, definition, field) => {
  const mutation = `mutation ($input: CreateCollectionInput!) {
    createCollection(input: $input) { __typename ... on WriteInvalidInputError { violations { field rule } } }
  }`;
  const answer = await app().graphql(mutation, { input: { definition: { [provider]: definition } } });
  const createCollection = { __typename: "WriteInvalidInputError", violations: [{ field, rule: "storable" }] };
  expect(answer).toMatchObject({ data: { createCollection } });
});

test("a definitions file with such a value stops the start, and the message names the place", async () => {
  const folder = await mkdtemp(join(tmpdir(), "definitions-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "definitions.json");
  await writeFile(file, JSON.stringify({ redivis: [uploadOf("d", "t", "u"), uploadOf("a\0", "t", "u")] }));
  const start = createTestApp({ environment: { DEFINITIONS_FILE: file } });
  await expect(start).rejects.toThrow("definitions.json: redivis.1: dataset.name: contains U+0000");
});
