import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/json/parse.js";
import { isJsonObject } from "../../../src/json/value.js";
import { createFakeWorld } from "../fake-world.js";

async function errorsOf(query: string, variables: string) {
  const world = await createFakeWorld();
  const parsed = parseJson(variables);
  if (!isJsonObject(parsed)) throw new Error("the variables are no object");
  const { errors } = await world.execute({ query, variables: parsed });
  return errors;
}

const pages = "query ($first: Int) { recordCollections(first: $first) { nodes { id } } }";
const one = "query ($id: ID!) { recordCollection(id: $id) { id } }";
const insert = `mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { __typename } }`;

describe("a variable", () => {
  it.each([
    [pages, '{"first":2.0000000000000000001}', "$first: Int would take 2.0000000000000000001 for another number"],
    [pages, '{"first":1.99999999999999999999}', "$first: Int would take 1.99999999999999999999 for another number"],
    [one, '{"id":2.0000000000000000001}', "$id: ID would take 2.0000000000000000001 for another number"],
  ])("whose number is whole only by rounding is refused: %s", async (query, variables, message) => {
    expect(await errorsOf(query, variables)).toMatchObject([{ message, extensions: { code: "BAD_USER_INPUT" } }]);
  });

  it("is refused inside an input too", async () => {
    const create = "mutation ($input: CreateCollectionInput!) { createCollection(input: $input) { __typename } }";
    const variables = (planks: string) =>
      `{"input":{"definition":{"shelf":{"shelf":"books","planks":${planks},"boxes":[]}}}}`;
    // The fake world does not create collections.
    expect(JSON.stringify(await errorsOf(create, variables("3.0")))).not.toContain("BAD_USER_INPUT");
    expect(await errorsOf(create, variables("3.0000000000000000001"))).toMatchObject([
      {
        message: expect.stringMatching(/^\$input\.definition\.shelf\.planks: .* 3\.0000000000000000001 /) as string,
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
  });

  it.each([
    [pages, '{"first":2.0}'],
    [pages, '{"first":20e-1}'],
    [pages, '{"first":null}'],
    [pages, "{}"],
    [one, '{"id":2.0}'],
    [insert, '{"input":{"target":{"shelf":{"shelf":"books"}},"records":[{"n":2.0000000000000000001}]}}'],
  ])("of the same value, or for JSON, is accepted: %s %s", async (query, variables) => {
    expect(await errorsOf(query, variables)).toBeUndefined();
  });
});
