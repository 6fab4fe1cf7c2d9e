import { describe, expect, it } from "vitest";
import type { Collection } from "../../src/core/collection.js";
import { createFakeWorld, recordOf, shelf, taskOf } from "./fake-world.js";

const collections: readonly Collection[] = Array.from({ length: 50 }, (_item, index) => ({
  ...shelf,
  id: `c${index}`,
  name: `shelf ${index}`,
}));
const records = Array.from({ length: 5 }, (_item, number) => recordOf(number));

describe("the pages of one level of a query", () => {
  it("are read together, however many owners they have", async () => {
    const world = await createFakeWorld({ collections, records });
    const { data } = await world.execute({
      query: "{ recordCollections(first: 50) { nodes { name records(first: 3) { nodes { key } } } } }",
    });
    expect(data).toMatchObject({
      recordCollections: {
        nodes: { length: 50, 49: { records: { nodes: [{ key: "0" }, { key: "1" }, { key: "2" }] } } },
      },
    });
    expect(world.reads).toEqual(["listCollections", "recordPages(50)"]);
  });

  it("are read once when they are asked for twice, at any level", async () => {
    const tasks = Array.from({ length: 10 }, (_item, index) => taskOf(`t${index}`, { collectionId: `c${index % 2}` }));
    const world = await createFakeWorld({ collections, records, tasks, failures: [{ message: "bad" }] });
    const query = `{ recordCollection(id: "c1") { records { nodes { key } } }
      importTasks(first: 10) { nodes {
        collection { records { nodes { key } } again: records { nodes { fields } } } failures { nodes { message } } } } }`;
    const { data, errors } = await world.execute({ query });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      importTasks: {
        nodes: {
          length: 10,
          9: { collection: { again: { nodes: { length: 5 } } }, failures: { nodes: [{ message: "bad" }] } },
        },
      },
    });
    expect(world.reads.filter((name) => name.startsWith("recordPages"))).toEqual(["recordPages(2)"]);
    expect(world.reads.filter((name) => name.startsWith("failurePages"))).toEqual(["failurePages(10)"]);
  });

  it("differ by where they start and by how long they are", async () => {
    const world = await createFakeWorld({ records });
    const page = async (page: string) => {
      const { data } = await world.execute({
        query: `{ recordCollection(id: "c1") { records(first: 1) { edges { cursor } } ${page} } }`,
      });
      return data as unknown as {
        recordCollection: {
          records: { edges: { cursor: string }[] };
          more?: { nodes: { key: string }[] };
          rest?: { nodes: { key: string }[] };
        };
      };
    };
    const { recordCollection: first } = await page("");
    const after = JSON.stringify(first.records.edges[0]?.cursor);
    const { recordCollection: all } = await page(
      `more: records(first: 2) { nodes { key } } rest: records(first: 1, after: ${after}) { nodes { key } }`,
    );
    expect([all.more?.nodes, all.rest?.nodes]).toEqual([[{ key: "0" }, { key: "1" }], [{ key: "1" }]]);
    expect(world.reads.filter((name) => name.startsWith("recordPages"))).toEqual(["recordPages(1)", "recordPages(3)"]);
  });

  it("are read in parts when they may have more than 5,000 items", async () => {
    const world = await createFakeWorld({ collections, records, settings: { GRAPHQL_MAX_NODES: "200000" } });
    await world.execute({
      query: "{ recordCollections(first: 50) { nodes { records(first: 1000) { nodes { key } } } } }",
    });
    expect(world.reads).toEqual(["listCollections", ...Array.from({ length: 10 }, () => "recordPages(5)")]);
  });

  it("are read again after a mutation", async () => {
    const world = await createFakeWorld({ records });
    const insert = `insertRecords(input: { target: { shelf: { shelf: "books" } }, records: [] }) {
      ... on InsertRecordsSuccess { collection { records { nodes { key } } } } }`;
    const { errors } = await world.execute({ query: `mutation { one: ${insert} other: ${insert} }` });
    expect(errors).toBeUndefined();
    expect(world.reads).toEqual(["collectionsById", "recordPages(1)", "collectionsById", "recordPages(1)"]);
  });
});
