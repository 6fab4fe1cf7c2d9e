import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import { done, key, vec, withFields } from "../book-v2.js";
import { inBook, rowsOf, useCompanions } from "./use-companions.js";

const { open, openBook } = useCompanions();

describe("a collection", () => {
  it("is there or not", async () => {
    const ask = await openBook();
    expect(await ask("collections/has", inBook)).toEqual({ code: 0, data: { has: true } });
    expect(await ask("collections/has", { collectionName: "nothing" })).toEqual({ code: 0, data: { has: false } });
  });

  it("is loaded by `load` alone, when its indexes were made later", async () => {
    const ask = await openBook();
    const state = async () => ask("collections/get_load_state", inBook);
    const loaded = { code: 0, data: { loadProgress: 100, loadState: "LoadStateLoaded" }, message: "" };
    const notLoaded = { code: 0, data: { loadState: "LoadStateNotLoad" } };
    expect(await ask("collections/load", inBook)).toEqual({ code: 700, message: "index not found[collection=book]" });
    const indexParams = [{ fieldName: "vec", metricType: "L2", indexType: "HNSW", params: { M: 16 } }];
    expect(await ask("indexes/create", { ...inBook, indexParams })).toEqual(done);
    expect(await state()).toEqual(notLoaded);
    expect(await ask("collections/load", inBook)).toEqual(done);
    expect(await ask("collections/load", inBook)).toEqual(done);
    expect(await state()).toEqual(loaded);
    expect(await ask("collections/describe", inBook)).toMatchObject({ data: { load: "LoadStateLoaded" } });
    expect(await ask("indexes/drop", { ...inBook, indexName: "vec" })).toMatchObject({ code: 1100 });
    expect(await ask("collections/release", inBook)).toEqual(done);
    expect(await state()).toEqual(notLoaded);
    expect(await ask("entities/insert", rowsOf(1))).toMatchObject({ code: 0 });
    expect(await ask("indexes/drop", { ...inBook, indexName: "vec" })).toEqual(done);
    expect(await ask("indexes/list", inBook)).toEqual({ code: 0, data: [] });
    expect(await open().createBook(withFields([key, vec]))).toEqual(done);
  });

  it("is renamed with its entities and aliases", async () => {
    const ask = await openBook();
    await ask("entities/insert", rowsOf(1, 2));
    await ask("aliases/create", { ...inBook, aliasName: "novel" });
    const rename = (more: JsonObject) => ask("collections/rename", { ...inBook, newCollectionName: "tome", ...more });
    expect(await rename({ newCollectionName: "book" })).toMatchObject({ code: 1100 });
    expect(await rename({ newCollectionName: "novel" })).toMatchObject({ code: 1601 });
    expect(await rename({ collectionName: "novel" })).toMatchObject({ code: 1100 });
    expect(await rename({ collectionName: "nothing" })).toEqual({
      code: 100,
      message: "collection not found[database=default][collection=nothing]",
    });
    await ask("databases/create", { dbName: "archive" });
    expect(await rename({ newDbName: "archive" })).toMatchObject({ code: 1100 });
    expect(await rename({ newDbName: "nope" })).toEqual({ code: 800, message: "database not found[database=nope]" });
    expect(await rename({})).toEqual(done);
    expect(await ask("collections/list")).toEqual({ code: 0, data: ["tome"] });
    expect(await ask("aliases/describe", { aliasName: "novel" })).toMatchObject({ data: { collectionName: "tome" } });
    expect(await ask("collections/get_stats", { collectionName: "novel" })).toMatchObject({ data: { rowCount: 2 } });
    expect(await ask("entities/insert", { ...rowsOf(3), collectionName: "tome" })).toMatchObject({ code: 0 });
    await ask("aliases/drop", { aliasName: "novel" });
    expect(
      await ask("collections/rename", { collectionName: "tome", newCollectionName: "tome", newDbName: "archive" }),
    ).toEqual(done);
    expect(await ask("collections/get_stats", { collectionName: "tome", dbName: "archive" })).toMatchObject({
      data: { rowCount: 3 },
    });
    await ask("collections/drop", { collectionName: "tome", dbName: "archive" });
    await ask("databases/drop", { dbName: "archive" });
  });
});

describe("what create cannot act on", () => {
  it("is described as it was given", async () => {
    const shelf = {
      fieldName: "shelf",
      dataType: "VarChar",
      elementTypeParams: { max_length: 9 },
      isPartitionKey: true,
      isClusteringKey: true,
    };
    const ask = await openBook({
      ...withFields([key, shelf, vec]),
      params: { shardsNum: 3, partitionsNum: 4, ttlSeconds: 3600, "mmap.enabled": true },
      consistencyLevel: "Strong",
    });
    expect(await ask("collections/describe", inBook)).toMatchObject({
      data: {
        consistencyLevel: "Strong",
        shardsNum: 3,
        partitionsNum: 4,
        fields: [{}, { name: "shelf", partitionKey: true, clusteringKey: true }, {}],
        properties: [
          { key: "mmap.enabled", value: "true" },
          { key: "collection.ttl.seconds", value: "3600" },
        ],
      },
    });
    expect(await ask("partitions/list", inBook)).toEqual({
      code: 0,
      data: ["_default_0", "_default_1", "_default_2", "_default_3"],
    });
    const data = [{ id: 1, shelf: "a", vec: [1, 2] }];
    expect(await ask("entities/insert", { ...inBook, data, partitionName: "_default" })).toMatchObject({ code: 1100 });
    expect(await ask("entities/insert", { ...inBook, data })).toMatchObject({ code: 0 });
  });

  it.each<[string, JsonObject, RegExp]>([
    [
      "a nullable partition key",
      withFields([key, { fieldName: "s", dataType: "Int64", isPartitionKey: true, nullable: true }, vec]),
      /partition key field not support nullable/,
    ],
    ["an unknown level", { dimension: 2, consistencyLevel: "Weak" }, /^consistencyLevel can only be/],
    [
      "a time to live twice",
      { dimension: 2, params: { ttlSeconds: 1 }, properties: { "collection.ttl.seconds": 2 } },
      /^collection TTL is specified multiple times/,
    ],
  ])("%s is refused", async (_name, body, message) => {
    expect(await open().createBook(body)).toEqual({ code: 1100, message: expect.stringMatching(message) as string });
  });
});

describe("a read of entities", () => {
  it.each<[JsonObject, JsonObject]>([
    [{ partitionName: "_default" }, { code: 0, data: [{ id: 1 }] }],
    [{ partitionNames: ["_default"] }, { code: 0, data: [{ id: 1 }] }],
    [
      { partitionName: "", partitionNames: [] },
      { code: 0, data: [{ id: 1 }] },
    ],
    [{ partitionName: "shelf" }, { code: 200, message: "partition not found[partition=shelf]" }],
    [{ partitionNames: ["_default", "shelf"] }, { code: 200, message: "partition not found[partition=shelf]" }],
    [{ partitionNames: ["a b"] }, { code: 1100 }],
  ])("is of the partitions in %j", async (members, answer) => {
    const ask = await openBook();
    await ask("entities/insert", rowsOf(1));
    expect(await ask("entities/get", { ...inBook, id: 1, ...members })).toMatchObject(answer);
  });
});

describe("partitions", () => {
  it("are the default one", async () => {
    const ask = await openBook();
    const has = (partitionName: string) => ask("partitions/has", { ...inBook, partitionName });
    expect(await ask("partitions/list", inBook)).toEqual({ code: 0, data: ["_default"] });
    expect(await has("_default")).toEqual({ code: 0, data: { has: true } });
    expect(await has("1-a")).toEqual({ code: 0, data: { has: false } });
    expect(await has("a b")).toMatchObject({ code: 1100 });
    expect(await has("")).toMatchObject({ code: 1802 });
  });
});
