import { describe, expect, it } from "vitest";
import { createFakeWorld, recordOf, shelf, taskOf, type FakeWorld } from "./fake-world.js";

async function codeOf(world: FakeWorld, query: string): Promise<unknown> {
  const { errors } = await world.execute({ query });
  return errors?.[0]?.extensions?.["code"];
}

describe("lists", () => {
  const records = Array.from({ length: 25 }, (_item, number) => recordOf(number));

  it("go on where a cursor says, to the end", async () => {
    const world = await createFakeWorld({ records });
    const page = async (after: string) => {
      const query = `{ recordCollection(id: "c1") { records(first: 10${after}) { edges { cursor node { id } } nodes { key } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
      const { data } = await world.execute({ query });
      return data as {
        recordCollection: {
          records: {
            edges: { cursor: string; node: { id: string } }[];
            nodes: object[];
            pageInfo: Record<string, unknown>;
          };
        };
      };
    };
    const seen: string[] = [];
    for (let after = "", more = true; more;) {
      const { edges, nodes, pageInfo } = (await page(after)).recordCollection.records;
      expect(nodes).toHaveLength(edges.length);
      expect(pageInfo).toMatchObject({
        hasPreviousPage: after !== "",
        startCursor: edges[0]?.cursor,
        endCursor: edges.at(-1)?.cursor,
      });
      seen.push(...edges.map(({ node }) => node.id));
      after = `, after: "${String(pageInfo["endCursor"])}"`;
      more = pageInfo["hasNextPage"] === true;
    }
    expect(seen).toEqual(records.map(({ id }) => id));
  });

  it("have 20 items unless told otherwise, also by null", async () => {
    const world = await createFakeWorld({ records });
    const { data } = await world.execute({
      query: `{ recordCollection(id: "c1") { a: records { nodes { id } } b: records(first: null, after: null) { nodes { id } } } }`,
    });
    expect(data).toMatchObject({ recordCollection: { a: { nodes: { length: 20 } }, b: { nodes: { length: 20 } } } });
  });

  it.each([0, -1, 1001, 2147483647])("refuse a page of %d", async (first) => {
    expect(await codeOf(await createFakeWorld(), `{ recordCollections(first: ${first}) { nodes { id } } }`)).toBe(
      "BAD_USER_INPUT",
    );
  });

  it("refuse what is no cursor of theirs", async () => {
    const world = await createFakeWorld({ records, tasks: [taskOf("t1")] });
    const { data } = await world.execute({ query: "{ importTasks { edges { cursor } } }" });
    const [foreign] = /(?<="cursor":")[^"]+/.exec(JSON.stringify(data)) ?? [];
    expect(foreign).toBeTypeOf("string");
    for (const cursor of ["x", "", "?", "MQ==", "🙂", "a".repeat(10_000), foreign]) {
      expect(await codeOf(world, `{ recordCollections(after: ${JSON.stringify(cursor)}) { nodes { id } } }`)).toBe(
        "BAD_USER_INPUT",
      );
    }
  });

  it("answer an empty page without cursors", async () => {
    const world = await createFakeWorld({ collections: [] });
    const { data } = await world.execute({
      query: "{ recordCollections { edges { cursor } pageInfo { hasNextPage startCursor endCursor } } }",
    });
    expect(data).toEqual({
      recordCollections: { edges: [], pageInfo: { hasNextPage: false, startCursor: null, endCursor: null } },
    });
  });
});

describe("single things", () => {
  it("are null where there is none", async () => {
    const world = await createFakeWorld();
    const { data } = await world.execute({
      query: `{ recordProvider(id: "x") { id } recordCollection(id: "x") { id } storedRecord(id: "x") { id } importTask(id: "x") { id } }`,
    });
    expect(data).toEqual({ recordProvider: null, recordCollection: null, storedRecord: null, importTask: null });
  });

  it("read records in their contract's form, integers beyond 2^53 - 1 as text", async () => {
    const world = await createFakeWorld({
      records: [recordOf(7, { big: 9007199254740993n, safe: 9007199254740991, list: [18446744073709551615n] })],
    });
    const { data } = await world.execute({
      query: `{ storedRecord(id: "c1.7") { id key fields insertedAt collection { name definition createdAt } } }`,
    });
    expect(data).toEqual({
      storedRecord: {
        ...{ id: "c1.7", key: "7", insertedAt: "2026-01-02T03:04:05.678Z" },
        fields: { big: "9007199254740993", safe: 9007199254740991, list: ["18446744073709551615"], shelf: "books" },
        collection: { name: "books", definition: { planks: 3 }, createdAt: "2026-01-02T03:04:05.678Z" },
      },
    });
  });

  it("hide a record whose collection cannot be read", async () => {
    const world = await createFakeWorld({ records: [recordOf(1)], collections: [] });
    expect((await world.execute({ query: `{ storedRecord(id: "c1.1") { id fields } }` })).data).toEqual({
      storedRecord: null,
    });
  });

  it("tell why an import failed, as the error that a write answers", async () => {
    const tasks = [
      taskOf("t1", {
        state: "failed",
        failCount: 2,
        successCount: 0,
        finishedAt: shelf.createdAt,
        error: { kind: "conflict", message: "no is taken" },
      }),
    ];
    const world = await createFakeWorld({
      tasks,
      failures: [{ recordIndex: 1, field: "no", message: "taken" }, { message: "all" }],
    });
    const query = `{ importTask(id: "t1") { status progress totalCount successCount failCount finishedAt
      error { __typename message provider retryable outcome safeToResend upstream { code } } failures { nodes { recordIndex field message } } } }`;
    expect((await world.execute({ query })).data).toEqual({
      importTask: {
        ...{
          status: "FAILED",
          progress: 100,
          totalCount: 2,
          successCount: 0,
          failCount: 2,
          finishedAt: "2026-01-02T03:04:05.678Z",
        },
        error: {
          __typename: "WriteConflictError",
          message: "no is taken",
          provider: "shelf",
          retryable: "NO",
          outcome: "NOT_APPLIED",
          safeToResend: false,
          upstream: null,
        },
        failures: {
          nodes: [
            { recordIndex: 1, field: "no", message: "taken" },
            { recordIndex: null, field: null, message: "all" },
          ],
        },
      },
    });
  });
});

describe("entities", () => {
  const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename
    ... on RecordCollection { id name } ... on StoredRecord { id fields collection { id } } ... on ImportTask { id collection { id } } ... on RecordProvider { id mode } } }`;

  it("are loaded with one lookup a type, however many", async () => {
    const records = Array.from({ length: 200 }, (_item, number) => recordOf(number));
    const tasks = Array.from({ length: 100 }, (_item, number) => taskOf(`t${number}`));
    const world = await createFakeWorld({ records, tasks });
    const representations = [
      ...records.map(({ id }) => ({ __typename: "StoredRecord", id })),
      ...tasks.map(({ id }) => ({ __typename: "ImportTask", id })),
      ...[
        { __typename: "RecordCollection", id: "c1" },
        { __typename: "RecordProvider", id: "shelf" },
        { __typename: "RecordCollection", id: "none" },
      ],
    ];
    const { data, errors } = await world.execute({ query: entities, variables: { representations } });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ _entities: { length: 303 } });
    expect(JSON.stringify(data)).toContain(
      '{"__typename":"RecordCollection","id":"c1","name":"books"},{"__typename":"RecordProvider","id":"shelf","mode":"EMBEDDED"},null]',
    );
    expect(world.reads.sort()).toEqual(["collectionsById", "recordsById", "tasksById"]);
  });

  it.each([
    [{ __typename: "Query", id: "x" }],
    [{ __typename: "toString", id: "x" }],
    [{ id: "x" }],
    [{ __typename: "StoredRecord" }],
    [{ __typename: "StoredRecord", id: { a: 1 } }],
    ["text"],
  ])("refuse %j", async (representation) => {
    const world = await createFakeWorld();
    const { errors } = await world.execute({ query: entities, variables: { representations: [representation] } });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });
});
