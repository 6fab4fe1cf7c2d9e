import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import { done } from "../book-v2.js";
import { inBook, useCompanions } from "./use-companions.js";

const { open, openBook } = useCompanions();

describe("indexes", () => {
  it("are described as they were given", async () => {
    const ask = await openBook();
    const index = (more: JsonObject) =>
      ask("indexes/create", {
        ...inBook,
        indexParams: [{ fieldName: "vec", indexName: "v", metricType: "L2", ...more }],
      });
    expect(await index({ fieldName: "nothing" })).toMatchObject({ code: 1100 });
    expect(await index({ indexType: "NONSENSE" })).toMatchObject({ code: 1100 });
    expect(await index({ metricType: "JACCARD" })).toMatchObject({
      code: 1100,
      message: expect.stringContaining("does not support metric type: JACCARD") as string,
    });
    expect(await index({ params: { M: 16 } })).toMatchObject({ code: 1100 });
    const given = { params: { index_type: "HNSW", M: 16 } };
    const ten = await Promise.all(Array.from({ length: 10 }, () => index(given)));
    expect(ten).toEqual(ten.map(() => done));
    expect(await index({ params: { index_type: "HNSW", M: 17 } })).toMatchObject({ code: 1100 });
    expect(await index({ ...given, indexName: "other" })).toMatchObject({ code: 1100 });
    expect(await ask("indexes/list", inBook)).toEqual({ code: 0, data: ["v"] });
    expect(await ask("indexes/describe", { ...inBook, indexName: "v" })).toMatchObject({
      code: 0,
      data: [
        {
          fieldName: "vec",
          indexName: "v",
          indexType: "HNSW",
          metricType: "L2",
          indexState: "Finished",
          indexParams: [
            { key: "index_type", value: "HNSW" },
            { key: "metric_type", value: "L2" },
            { key: "params", value: '{"M":16}' },
          ],
        },
      ],
    });
    expect(await ask("indexes/describe", { ...inBook, indexName: "w" })).toEqual({
      code: 700,
      message: "index not found[indexName=w]",
    });
    expect(await ask("indexes/drop", { ...inBook, indexName: "w" })).toEqual(done);
  });
});

describe("aliases", () => {
  it("are names of a collection until they are dropped", async () => {
    const ask = await openBook();
    await ask("collections/create", { collectionName: "other", dimension: 2 });
    const alias = (path: string, collectionName: string, aliasName = "novel") =>
      ask(`aliases/${path}`, { collectionName, aliasName });
    expect(await alias("alter", "book")).toEqual({
      code: 1600,
      message: "alias not found[database=default][alias=novel]",
    });
    expect(await alias("create", "book", "a-b")).toMatchObject({
      code: 1100,
      message: expect.stringMatching(/^Invalid collection alias: a-b\. {2}/) as string,
    });
    expect(await alias("create", "book", "other")).toEqual({
      code: 1601,
      message: "alias and collection name conflict[database=default][alias=other]",
    });
    expect(await alias("create", "book")).toEqual(done);
    expect(await alias("create", "book")).toEqual(done);
    expect(await alias("create", "other")).toEqual({
      code: 1602,
      message: "novel is alias to another collection: book: alias already exist[database=default][alias=novel]",
    });
    expect(await ask("collections/has", { collectionName: "novel" })).toMatchObject({ data: { has: true } });
    expect(await ask("collections/drop", inBook)).toMatchObject({
      code: 1100,
      message: expect.stringContaining("because it has associated aliases [novel]") as string,
    });
    expect(await alias("alter", "other")).toEqual(done);
    expect(await ask("aliases/list", null)).toEqual({ code: 0, data: ["novel"] });
    expect(await ask("aliases/list", inBook)).toEqual({ code: 0, data: [] });
    expect(await ask("aliases/describe", { aliasName: "novel" })).toEqual({
      code: 0,
      data: { aliasName: "novel", collectionName: "other", dbName: "default" },
    });
    for (let time = 0; time < 2; time++) expect(await ask("aliases/drop", { aliasName: "novel" })).toEqual(done);
    expect(await ask("aliases/list", {})).toEqual({ code: 0, data: [] });
  });

  it("are all kept when they are made at one time", async () => {
    const ask = await openBook();
    const names = Array.from({ length: 8 }, (_, index) => `alias${index}`);
    await Promise.all(names.map((aliasName) => ask("aliases/create", { ...inBook, aliasName })));
    expect(await ask("aliases/list", inBook)).toEqual({ code: 0, data: expect.arrayContaining(names) as string[] });
    await Promise.all(names.map((aliasName) => ask("aliases/drop", { aliasName })));
    expect(await ask("aliases/list", inBook)).toEqual({ code: 0, data: [] });
  });
});

describe("a name", () => {
  it("is that of an alias or of a collection when both are made at one time", async () => {
    const ask = await openBook();
    for (let round = 0; round < 12; round++) {
      const name = `name${round}`;
      const answers = await Promise.all([
        ask("aliases/create", { ...inBook, aliasName: name }),
        ask("collections/create", { collectionName: name, dimension: 2 }),
      ]);
      expect(answers).toContainEqual(done);
      expect(answers).toContainEqual({
        code: 1601,
        message: expect.stringContaining(
          `alias and collection name conflict[database=default][alias=${name}]`,
        ) as string,
      });
      const collections = (await ask("collections/list", {})) as unknown as { readonly data: readonly string[] };
      const aliases = (await ask("aliases/list", {})) as unknown as { readonly data: readonly string[] };
      expect([...collections.data, ...aliases.data].filter((each) => each === name)).toHaveLength(1);
    }
  });
});

describe("databases", () => {
  it("are created, described and dropped when they are empty", async () => {
    const ask = open().ask;
    const names = async () => (await ask("databases/list", {})) as unknown as { readonly data: readonly string[] };
    expect(await ask("databases/create", { dbName: "1a" })).toMatchObject({ code: 802 });
    expect(await ask("databases/create", {})).toMatchObject({ code: 1802 });
    expect(await ask("databases/create", { dbName: "atlas", properties: { "mmap.enabled": true, n: 3 } })).toEqual(
      done,
    );
    for (const dbName of ["atlas", "default"])
      expect(await ask("databases/create", { dbName })).toEqual({
        code: 1100,
        message: `database already exist: ${dbName}: invalid parameter`,
      });
    expect((await names()).data).toEqual(expect.arrayContaining(["default", "atlas"]));
    expect(await ask("databases/describe", { dbName: "atlas" })).toMatchObject({
      code: 0,
      data: {
        dbName: "atlas",
        properties: [
          { key: "mmap.enabled", value: "true" },
          { key: "n", value: "3" },
        ],
      },
    });
    expect(await ask("databases/describe", { dbName: "nope" })).toMatchObject({ code: 800 });
    await ask("collections/create", { dbName: "atlas", collectionName: "map", dimension: 2 });
    expect(await ask("databases/drop", { dbName: "atlas" })).toMatchObject({ code: 1100 });
    await ask("collections/drop", { dbName: "atlas", collectionName: "map" });
    for (let time = 0; time < 2; time++) expect(await ask("databases/drop", { dbName: "atlas" })).toEqual(done);
    expect(await ask("databases/drop", { dbName: "default" })).toMatchObject({ code: 1100 });
    expect((await names()).data).not.toContain("atlas");
  });

  it("are at most 64, the default one included", async () => {
    const ask = await openBook();
    const create = (index: number) => ask("databases/create", { dbName: `db${index}` });
    for (let index = 1; index < 64; index++) expect(await create(index)).toEqual(done);
    expect(await create(64)).toEqual({ code: 801, message: "exceeded the limit number of database[limit=64]" });
    expect(await create(63)).toMatchObject({ code: 1100 });
    await ask("databases/drop", { dbName: "db1" });
    expect(await create(64)).toEqual(done);
  });
});
