import { getIntrospectionQuery } from "graphql";
import { describe, expect, it, test } from "vitest";
import { insertText } from "../../http/serve.js";
import { createFakeWorld, recordOf, shelf } from "../fake-world.js";

const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_item, index) => each(index)).join(" ");

interface Case {
  readonly which: string;
  readonly setting: string;
  /** Has exactly `limit` of what is counted. */
  readonly within: string;
  readonly over: string;
  readonly limit: number;
  readonly actual: number;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const pages = (first: number): string =>
  `{ recordCollections { nodes { records(first: ${first}) { nodes { key } } } } }`;
const inserts = (count: number): string => `mutation ($records: [JSONObject!]!) {
  ${many(count, (index) => `i${index}: insertRecords(input: { target: { shelf: { shelf: "books" } }, records: $records }) { __typename }`)} }`;

const cases: readonly Case[] = [
  {
    which: "tokens",
    setting: "GRAPHQL_MAX_TOKENS",
    within: "{ __typename __typename __typename }",
    over: "{ __typename __typename __typename __typename }",
    limit: 5,
    actual: 6,
  },
  {
    which: "depth",
    setting: "GRAPHQL_MAX_DEPTH",
    within: "{ ...f } fragment f on Query { recordCollections { nodes { id } } }",
    over: "{ ...f } fragment f on Query { recordCollections { nodes { provider { id } } } }",
    limit: 3,
    actual: 4,
  },
  {
    which: "aliases",
    setting: "GRAPHQL_MAX_ALIASES",
    within: "{ a: __typename ...f ...f } fragment f on Query { __typename: __typename }",
    over: "{ a: __typename b: __typename ...f ...f } fragment f on Query { __typename: __typename }",
    limit: 3,
    actual: 4,
  },
  {
    which: "directives",
    setting: "GRAPHQL_MAX_DIRECTIVES",
    within: "{ __typename @skip(if: false) ...f @include(if: true) } fragment f on Query { __typename }",
    over: "{ __typename @skip(if: false) ...f @include(if: true) } fragment f on Query { __typename @skip(if: false) }",
    limit: 2,
    actual: 3,
  },
  {
    which: "selections",
    setting: "GRAPHQL_MAX_SELECTIONS",
    within: "{ ...f ...f } fragment f on Query { __typename }",
    over: "{ ...f ...f } fragment f on Query { ...g } fragment g on Query { __typename }",
    limit: 4,
    actual: 6,
  },
  {
    which: "rootFields",
    setting: "GRAPHQL_MAX_ROOT_FIELDS",
    within: "{ __typename ...f } fragment f on Query { recordProviders { id } }",
    over: "{ __typename ...f recordCollections { nodes { id } } } fragment f on Query { recordProviders { id } }",
    limit: 2,
    actual: 3,
  },
  // 1 + 20 collections of 1 + 1 + `first` records with a key.
  { which: "nodes", setting: "GRAPHQL_MAX_NODES", within: pages(10), over: pages(11), limit: 441, actual: 481 },
  {
    which: "records",
    setting: "GRAPHQL_MAX_RECORDS",
    within: inserts(2),
    over: inserts(3),
    limit: 4,
    actual: 6,
    variables: { records: [{ title: "a" }, { title: "b" }] },
  },
];

describe.each(cases)("the limit of $which", ({ which, setting, within, over, limit, actual, variables }) => {
  const execute = async (query: string, value: number) => {
    const world = await createFakeWorld({ settings: { [setting]: String(value) } });
    // Documents are kept: the second answer comes by another way.
    const answers = [];
    for (const _time of [1, 2]) answers.push(await world.execute({ query, ...(variables && { variables }) }));
    return { world, answers };
  };

  it("refuses before anything is done, with its numbers", async () => {
    const { world, answers } = await execute(over, limit);
    for (const { data, errors = [] } of answers) {
      expect(data ?? null).toBeNull();
      expect(errors).toHaveLength(1);
      expect(errors[0]?.extensions).toEqual({ code: "OPERATION_LIMIT_EXCEEDED", which, limit, actual });
    }
    expect([world.reads, world.commands, world.logged]).toEqual([[], [], []]);
  });

  it("is a bound that may be reached, and configured", async () => {
    for (const [query, value] of [
      [within, limit],
      [over, actual],
    ] as const)
      for (const { errors } of (await execute(query, value)).answers) expect(errors).toBeUndefined();
  });
});

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

describe("the size of a response", () => {
  const big = (count: number) =>
    Array.from({ length: count }, (_item, index) => ({
      ...recordOf(index + 1, { title: "x".repeat(1000) }),
      storedBytes: 1012,
    }));
  const records = (fields: string) => `{ recordCollection(id: "c1") { records(first: 100) { nodes { ${fields} } } } }`;

  it("is refused while the records are read, when they are more than it may hold", async () => {
    const world = await createFakeWorld({ records: big(20), settings: { GRAPHQL_MAX_RESPONSE_BYTES: "10000" } });
    const { errors = [] } = await world.execute({ query: records("key") });
    expect(errors[0]?.extensions).toEqual({
      code: "OPERATION_LIMIT_EXCEEDED",
      which: "responseBytes",
      limit: 10_000,
      actual: 20_240,
    });
    expect(world.logged).toEqual([]);
  });

  it("counts the fields of a record as often as they are selected", async () => {
    const world = await createFakeWorld({ records: big(5), settings: { GRAPHQL_MAX_RESPONSE_BYTES: "10000" } });
    expect((await world.execute({ query: records("fields") })).errors).toBeUndefined();
    const { errors = [] } = await world.execute({ query: records("a: fields b: fields") });
    expect(errors[0]?.extensions).toMatchObject({ which: "responseBytes", actual: 10_120 });
  });

  it("counts definitions, which are not records", async () => {
    const definition = { text: "x".repeat(3000) };
    const world = await createFakeWorld({
      collections: [1, 2, 3, 4].map((number) => ({ ...shelf, id: `c${number}`, definition })),
      settings: { GRAPHQL_MAX_RESPONSE_BYTES: "10000" },
    });
    const { errors = [] } = await world.execute({ query: "{ recordCollections { nodes { definition } } }" });
    expect(errors[0]?.extensions).toMatchObject({ which: "responseBytes", actual: 12_044 });
  });

  it("is measured as text, in bytes, when nothing else has counted it", async () => {
    const names = ["é".repeat(600), "é".repeat(300)].map((name, index) => ({ ...shelf, id: `c${index}`, name }));
    const world = await createFakeWorld({ collections: names, settings: { GRAPHQL_MAX_RESPONSE_BYTES: "1800" } });
    const { data, errors = [] } = await world.execute({ query: "{ recordCollections { nodes { name } } }" });
    expect(data).toBeUndefined();
    expect(errors[0]?.extensions).toMatchObject({
      code: "OPERATION_LIMIT_EXCEEDED",
      which: "responseBytes",
      limit: 1800,
    });
  });
});

describe("introspection that is switched off", () => {
  const off = { INTROSPECTION: "off" };

  it.each([
    "{ __schema { types { name } } }",
    '{ __type(name: "Query") { name } }',
    "{ _service { sdl } }",
    "{ ...f } fragment f on Query { s: __schema { types { name } } }",
  ])("refuses %s", async (query) => {
    const { data, errors = [] } = await (await createFakeWorld({ settings: off })).execute({ query });
    expect(data ?? null).toBeNull();
    expect(errors[0]?.message).toMatch(/^(__schema|__type|_service): this server does not answer introspection$/);
    expect((await (await createFakeWorld()).execute({ query })).errors).toBeUndefined();
  });

  it("answers __typename, and proposes no names of the schema", async () => {
    const world = await createFakeWorld({ settings: off });
    expect(await world.execute({ query: "{ __typename }" })).toEqual({ data: { __typename: "Query" } });
    const { errors = [] } = await world.execute({ query: "{ recordCollectio { id } }" });
    expect(errors[0]?.message).not.toContain("Did you mean");
  });
});
