import { describe, expect, it, test } from "vitest";
import { insertText } from "../../http/serve.js";
import { createFakeWorld } from "../fake-world.js";

describe("the cost of an operation", () => {
  const measure = async (query: string, variables?: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const world = await createFakeWorld({ settings: { GRAPHQL_MAX_NODES: "1" } });
    const { errors = [] } = await world.execute({ query, ...(variables && { variables }) });
    return errors[0]?.extensions?.["actual"];
  };
  const page = "recordCollections(first: 10) { nodes { id } }";

  test.each([
    ["adds aliases up", `{ a: ${page} b: ${page} }`, undefined, 42],
    [
      "counts a fragment as often as it is spread",
      `{ a: recordCollections(first: 10) { ...p } b: recordCollections(first: 10) { ...p } } fragment p on RecordCollectionConnection { nodes { id } }`,
      undefined,
      42,
    ],
    [
      "takes sizes from variables",
      "query ($n: Int!) { recordCollections(first: $n) { nodes { id } } }",
      { n: 500 },
      1001,
    ],
    [
      "takes sizes from defaults of variables",
      "query ($n: Int = 7) { recordCollections(first: $n) { nodes { id } } }",
      undefined,
      15,
    ],
    ["takes the default of an absent size", "{ recordCollections { nodes { id } } }", undefined, 41],
    ["takes the default of a size of null", "{ recordCollections(first: null) { nodes { id } } }", undefined, 41],
    [
      "counts edges with their cursors and nodes",
      "{ recordCollections(first: 10) { edges { cursor node { id } } } }",
      undefined,
      41,
    ],
    [
      "leaves out the few values of a page itself",
      "{ recordCollections(first: 10) { nodes { id } pageInfo { endCursor } } }",
      undefined,
      21,
    ],
    [
      "leaves out what is skipped",
      "query ($no: Boolean = false) { recordCollections(first: 10) { nodes { id name @include(if: $no) } } }",
      undefined,
      21,
    ],
    [
      "counts the largest of the types of a union once",
      'mutation { deleteCollection(id: "x") { ... on DeleteCollectionSuccess { id } ... on WriteNotFoundError { message provider } } }',
      undefined,
      3,
    ],
    [
      "counts an entity by itself, with what is below it",
      "query ($all: [_Any!]!) { _entities(representations: $all) { ... on StoredRecord { key } } }",
      { all: Array.from({ length: 3 }, () => ({ __typename: "StoredRecord", id: "c1.1" })) },
      64,
    ],
  ])("%s", async (_name, query, variables, nodes) => {
    expect(await measure(query, variables)).toBe(nodes);
  });

  it("is measured for the operation that is executed", async () => {
    const world = await createFakeWorld({ settings: { GRAPHQL_MAX_NODES: "50" } });
    const query = `query small { ${page} } query large { recordCollections(first: 1000) { nodes { id } } }`;
    expect((await world.execute({ query, operationName: "small" })).errors).toBeUndefined();
    expect((await world.execute({ query, operationName: "large" })).errors?.[0]?.extensions).toMatchObject({
      actual: 2001,
    });
  });

  it("leaves variables that do not fit to the execution, which names them", async () => {
    const world = await createFakeWorld();
    const { errors = [] } = await world.execute({ query: insertText, variables: { records: 5 } });
    expect(errors[0]?.extensions).toEqual({ code: "BAD_USER_INPUT" });
  });
});
