import { getIntrospectionQuery } from "graphql";
import { describe, expect, it } from "vitest";
import { createFakeWorld, recordOf } from "../fake-world.js";

const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_item, index) => each(index)).join(" ");

const inserts = (count: number): string => `mutation ($records: [JSONObject!]!) {
  ${many(count, (index) => `i${index}: insertRecords(input: { target: { shelf: { shelf: "books" } }, records: $records }) { __typename }`)} }`;

describe("by default", () => {
  const nested = (levels: number, first: number): string =>
    levels === 0 ? "key" : `collection { records(first: ${first}) { nodes { ${nested(levels - 1, first)} } } }`;

  it.each([
    [
      "300 x 300 records",
      "{ recordCollections(first: 300) { nodes { records(first: 300) { nodes { key } } } } }",
      "nodes",
    ],
    [
      "a thousand, four levels deep",
      `{ recordCollections(first: 1000) { nodes { records(first: 1000) { nodes { ${nested(2, 1000)} } } } } }`,
      "nodes",
    ],
    ["600 aliased inserts", inserts(600), "aliases"],
    ["3,000 aliases", `{ ${many(3000, (index) => `a${index}: __typename`)} }`, "aliases"],
    ["twenty thousand times a field", `{ ${"__typename ".repeat(20_000)} }`, "selections"],
    [
      "fragments that double",
      `{ ...f0 } ${many(60, (index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`)} fragment f60 on Query { __typename }`,
      "selections",
    ],
    ["100,000 directives", `{ __typename ${"@skip(if: false) ".repeat(9_000)} }`, "directives"],
    ["100,000 tokens", `{ ${"a ".repeat(100_000)} }`, "tokens"],
  ])("%s are refused", async (_name, query, which) => {
    const world = await createFakeWorld();
    const { errors = [] } = await world.execute({ query, variables: { records: [{ title: "a" }] } });
    expect(errors.map(({ extensions }) => extensions?.["which"])).toEqual([which]);
    expect([world.reads, world.commands]).toEqual([[], []]);
  });

  it.each([
    [
      "a page of pages",
      "{ recordCollections(first: 50) { edges { node { id name definition provider { id } records(first: 100) { edges { cursor node { id key fields insertedAt } } pageInfo { hasNextPage endCursor } } } } } }",
    ],
    [
      "a page of a thousand",
      '{ recordCollections { nodes { id } } recordCollection(id: "c1") { records(first: 1000) { edges { cursor node { id key fields insertedAt collection { id name } } } } } }',
    ],
    ["a hundred writes", inserts(100)],
    [
      "everything about the providers",
      "{ recordProviders { id title operations { name } limits { operation name max unit } failures { name code kind retryable message } samples { target records } } }",
    ],
  ])("%s is executed", async (_name, query) => {
    const world = await createFakeWorld({ records: [recordOf(1)] });
    const { errors } = await world.execute({ query, variables: { records: [{ title: "a" }] } });
    expect(errors).toBeUndefined();
  });

  it("GraphiQL's questions about the schema are answered, whatever they ask for", async () => {
    const query = getIntrospectionQuery({
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    const { data, errors } = await (await createFakeWorld()).execute({ query });
    expect(errors).toBeUndefined();
    expect(data).toHaveProperty("__schema.types");
  });

  it.each([
    [
      "nested",
      "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "repeated",
      `{ ${many(90, (index) => `a${index}: __schema { types { fields { name args { name type { name } } type { name } } } }`)} }`,
      "OPERATION_LIMIT_EXCEEDED",
    ],
  ])("%s questions about the schema are refused", async (_name, query, code) => {
    const { data, errors = [] } = await (await createFakeWorld()).execute({ query });
    expect(data ?? null).toBeNull();
    expect(errors[0]?.extensions).toMatchObject({ code });
  });
});
