import { describe, expect, it } from "vitest";
import { StoreUnavailableError } from "../../src/core/store.js";
import { refusedBeforeCall } from "../../src/application/providers.js";
import { createFakeWorld, recordOf, shelf } from "./fake-world.js";

describe("unexpected errors", () => {
  it("are masked and logged once, with their path", async () => {
    const world = await createFakeWorld({ broken: new Error("secret at /home/x") });
    const { data, errors } = await world.execute({ query: `{ recordCollection(id: "c1") { id } }` });
    expect(data).toEqual({ recordCollection: null });
    expect(errors).toEqual([
      {
        message: "internal error",
        locations: [{ line: 1, column: 3 }],
        path: ["recordCollection"],
        extensions: { code: "INTERNAL_SERVER_ERROR", requestId: "request-1" },
      },
    ]);
    expect(world.logged).toMatchObject([
      { details: { requestId: "request-1", path: ["recordCollection"], error: { message: "secret at /home/x" } } },
    ]);
  });

  it("are masked when a value does not fit the schema", async () => {
    const broken = { ...shelf, createdAt: new Date(Number.NaN) };
    const world = await createFakeWorld({ collections: [broken] });
    const { errors } = await world.execute({ query: `{ recordCollection(id: "c1") { createdAt } }` });
    expect(errors).toMatchObject([{ message: "internal error", extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
  });

  it("of a data source are masked too", async () => {
    const world = await createFakeWorld({
      dataSource: { insertRecords: () => Promise.reject(new TypeError("x is not a function")) },
    });
    const { data, errors } = await world.execute({
      query: `mutation { insertRecords(input: { target: { shelf: { shelf: "books" } }, records: [] }) { __typename } }`,
    });
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { message: "internal error", path: ["insertRecords"], extensions: { code: "INTERNAL_SERVER_ERROR" } },
    ]);
  });
});

describe("errors with a code of their own", () => {
  it("tell a database that does not answer", async () => {
    const world = await createFakeWorld({
      broken: new StoreUnavailableError("connect ECONNREFUSED 10.0.0.1", "not-applied"),
    });
    const { errors } = await world.execute({ query: `{ recordCollections { nodes { id } } }` });
    expect(errors).toMatchObject([
      {
        message: "the database could not be reached",
        extensions: { code: "SERVICE_UNAVAILABLE", requestId: "request-1" },
      },
    ]);
    expect(world.logged).toMatchObject([{ details: { requestId: "request-1" } }]);
  });

  it.each([
    ["{", "GRAPHQL_PARSE_FAILED"],
    ["{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
    [`{ recordProvider(id: 1.5) { id } }`, "GRAPHQL_VALIDATION_FAILED"],
    ["query A { recordProviders { id } } query B { recordProviders { id } }", "OPERATION_RESOLUTION_FAILURE"],
    [`{ a: ${"x".repeat(10)} `.repeat(300), "GRAPHQL_PARSE_FAILED"],
    [`{ recordProvider(id: "${"(".repeat(500)}") { id } # ${"{".repeat(500)}\n }`, undefined],
    [`{ ${"a ".repeat(120_000)} }`, "OPERATION_LIMIT_EXCEEDED"],
  ])("case %#: an operation that cannot be executed", async (query, code) => {
    const { errors } = await (await createFakeWorld()).execute({ query });
    expect(errors?.[0]?.extensions?.["code"]).toBe(code);
    expect(JSON.stringify(errors ?? [])).not.toContain("stack");
  });

  it.each([
    ["query ($id: ID!) { recordProvider(id: $id) { id } }", {}],
    ["query ($id: ID!) { recordProvider(id: $id) { id } }", { id: { a: 1 } }],
    [`query ($id: ID = "x") { recordProvider(id: $id) { id } }`, { id: null }],
    ["query ($first: Int) { recordCollections(first: $first) { nodes { id } } }", { first: 1.5 }],
    ["query ($first: Int) { recordCollections(first: $first) { nodes { id } } }", { first: 9007199254740993n }],
  ])("case %#: variables that do not fit", async (query, variables) => {
    const { errors } = await (await createFakeWorld()).execute({ query, variables });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });
});

describe("managing collections", () => {
  const create = `mutation ($definition: CollectionDefinition!) { createCollection(input: { definition: $definition }) {
    __typename ... on CreateCollectionSuccess { collection { id name records { nodes { id } } } }
    ... on WriteError { message provider } ... on WriteInvalidInputError { violations { field rule } } } }`;
  const definition = {
    shelf: {
      shelf: "books",
      planks: 3,
      boxes: [{ label: "a", kind: "open", sizes: null, extra: { x: null } }],
      width: null,
    },
  };

  it("hands the definition over as it was sent, without the nulls of absent things", async () => {
    const seen: unknown[] = [];
    const world = await createFakeWorld({
      records: [recordOf(1)],
      manage: {
        create: (_caller, provider, raw) => {
          seen.push(provider, raw);
          return Promise.resolve(shelf);
        },
      },
    });
    const { data } = await world.execute({ query: create, variables: { definition } });
    expect(data).toEqual({
      createCollection: {
        __typename: "CreateCollectionSuccess",
        collection: { id: "c1", name: "books", records: { nodes: [{ id: "c1.1" }] } },
      },
    });
    expect(seen).toEqual([
      "shelf",
      { shelf: "books", planks: 3, boxes: [{ label: "a", kind: "open", extra: { x: null } }] },
    ]);
  });

  it.each([
    ["invalid-input", "WriteInvalidInputError"],
    ["conflict", "WriteConflictError"],
    ["unavailable", "WriteUnavailableError"],
  ] as const)("answers %s as %s", async (kind, name) => {
    const violations = [{ rule: "embedded-only", message: "elsewhere" }];
    const failure = refusedBeforeCall({ provider: "shelf", kind, message: "elsewhere", violations });
    const world = await createFakeWorld({
      manage: { create: () => Promise.reject(failure), delete: () => Promise.reject(failure) },
    });
    const { data } = await world.execute({ query: create, variables: { definition } });
    expect(data).toMatchObject({ createCollection: { __typename: name, message: "elsewhere" } });
  });

  it("deletes, and tells what is not there", async () => {
    const query = `mutation ($id: ID!) { deleteCollection(id: $id) { __typename ... on DeleteCollectionSuccess { id } ... on WriteNotFoundError { message provider } } }`;
    const world = await createFakeWorld({
      manage: { delete: (_caller, id) => Promise.resolve(id === "c1" ? shelf : undefined) },
    });
    expect((await world.execute({ query, variables: { id: "c1" } })).data).toEqual({
      deleteCollection: { __typename: "DeleteCollectionSuccess", id: "c1" },
    });
    expect((await world.execute({ query, variables: { id: "c2" } })).data).toEqual({
      deleteCollection: {
        __typename: "WriteNotFoundError",
        message: 'the collection "c2" does not exist',
        provider: "recordgate",
      },
    });
  });
});
