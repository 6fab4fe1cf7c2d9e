import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector, type VectorService } from "../vector-service.js";
import { create, done, key, root, vec, withFields } from "../book-v2.js";

const openMilvus = useVector(milvus);

async function describeBook({ post }: VectorService): Promise<JsonObject> {
  const reply = await post(`${root}/collections/describe`, { collectionName: "book" });
  return (reply as unknown as { readonly data: JsonObject }).data; // describe succeeds
}

describe("a schema", () => {
  it("may say all that a definition may", async () => {
    const service = openMilvus();
    const fields: readonly JsonObject[] = [
      { fieldName: "id", dataType: "VarChar", isPrimary: true, elementTypeParams: { max_length: "64", dim: 5 } },
      { fieldName: "count", dataType: "Int64", nullable: true, defaultValue: 5, elementTypeParams: { max_length: 5 } },
      {
        fieldName: "tags",
        dataType: "Array",
        elementDataType: "VarChar",
        elementTypeParams: { max_length: 5, max_capacity: "3" },
      },
      { fieldName: "bits", dataType: "BinaryVector", elementTypeParams: { dim: "16", "mmap.enabled": true } },
      { fieldName: "sparse", dataType: "SparseFloatVector" },
    ];
    const indexParams: readonly JsonObject[] = [
      { fieldName: "bits", metricType: "JACCARD", indexName: "b", params: { index_type: "BIN_FLAT" } },
      { fieldName: "sparse" },
      { fieldName: "count", indexName: "", params: { index_type: "STL_SORT" } },
    ];
    // The client adds the last three whatever is asked for.
    const extra = {
      description: "Books",
      metricType: "COSINE",
      primaryFieldName: "id",
      vectorFieldName: "vector",
      dimension: 7,
      idType: "x",
    };
    expect(
      await create(service, { ...withFields(fields, { enableDynamicField: true }), indexParams, ...extra }),
    ).toEqual(done);
    expect(await describeBook(service)).toMatchObject({
      description: "Books",
      autoId: false,
      enableDynamicField: true,
      load: "LoadStateLoaded",
      fields: [
        { name: "id", type: "VarChar", primaryKey: true, params: [{ key: "max_length", value: "64" }] },
        { name: "count", type: "Int64", nullable: true, defaultValue: { Data: { LongData: 5 } } },
        {
          name: "tags",
          type: "Array",
          elementType: "VarChar",
          params: [
            { key: "max_length", value: "5" },
            { key: "max_capacity", value: "3" },
          ],
        },
        { name: "bits", type: "BinaryVector", params: [{ key: "dim", value: "16" }] },
        { name: "sparse", type: "SparseFloatVector" },
      ],
      indexes: [
        { fieldName: "bits", indexName: "b", metricType: "JACCARD" },
        { fieldName: "sparse", indexName: "sparse", metricType: "IP" },
        { fieldName: "count", indexName: "count", metricType: "COSINE" },
      ],
    });
  });

  it.each(["autoID", "autoId"])("may spell %s so", async (spelling) => {
    const service = openMilvus();
    expect(await create(service, withFields([key, vec], { [spelling]: true }))).toEqual(done);
    expect(await describeBook(service)).toMatchObject({ autoId: true, fields: [{ autoId: true }, { autoId: false }] });
  });

  it("without indexes is not loaded, and its entities are read all the same", async () => {
    const service = openMilvus();
    expect(await create(service, withFields([key, vec]))).toEqual(done);
    expect(await describeBook(service)).toMatchObject({
      indexes: [],
      load: "LoadStateNotLoad",
      enableDynamicField: false,
    });
    await service.post(`${root}/entities/insert`, { collectionName: "book", data: [{ id: 1, vec: [1, 2] }] });
    expect(await service.post(`${root}/entities/get`, { collectionName: "book", id: 1 })).toEqual({
      code: 0,
      cost: 0,
      data: [{ id: 1, vec: [1, 2] }],
    });
  });

  it("once more changes nothing; another is a conflict", async () => {
    const service = openMilvus();
    expect(await create(service, withFields([key, vec]))).toEqual(done);
    expect(
      await create(service, withFields([key, { ...vec, elementTypeParams: { dim: "2" } }], { autoId: false })),
    ).toEqual(done);
    const different = {
      code: 65535,
      message: "create duplicate collection with different parameters, collection: book",
    };
    expect(await create(service, withFields([vec, key]))).toEqual(different);
    expect(await create(service, { ...withFields([key, vec]), indexParams: [{ fieldName: "vec" }] })).toEqual(
      different,
    );
    expect(await create(service, { dimension: 2 })).toEqual(different);
    expect(await service.post("/v1/vector/collections/create", { collectionName: "book", dimension: 2 })).toEqual(
      different,
    );
  });
});

describe("a short form", () => {
  it.each<[string, JsonObject, JsonObject]>([
    ["a generated key", { autoID: true }, { autoId: true }],
    [
      "a VarChar key",
      { idType: "Varchar", params: { max_length: "32" } },
      { fields: [{ type: "VarChar", params: [{ value: "32" }] }, {}] },
    ],
    [
      "names and a metric",
      { primaryFieldName: "key", vectorFieldName: "v", metricType: "L2" },
      { fields: [{ name: "key" }, { name: "v" }], indexes: [{ fieldName: "v", indexName: "v", metricType: "L2" }] },
    ],
    [
      "empty names",
      { primaryFieldName: "", vectorFieldName: "", metricType: "", idType: "" },
      { fields: [{ name: "id", type: "Int64" }, { name: "vector" }], indexes: [{ metricType: "COSINE" }] },
    ],
    [
      "no dynamic field, as text",
      { params: { enableDynamicField: "false", shardsNum: 2 } },
      { enableDynamicField: false, shardsNum: 2 },
    ],
    [
      "a binary vector",
      { dimension: 8, vectorFieldType: "BinaryVector" },
      { fields: [{}, { type: "BinaryVector", params: [{ value: "8" }] }], indexes: [{ metricType: "HAMMING" }] },
    ],
    [
      "a sparse vector",
      { dimension: null, vectorFieldType: "SparseFloatVector" },
      { fields: [{}, { type: "SparseFloatVector" }], indexes: [{ metricType: "IP" }], load: "LoadStateLoaded" },
    ],
    ["a half vector", { vectorFieldType: "Float16Vector" }, { fields: [{}, { type: "Float16Vector" }] }],
    ["an empty schema", { schema: { fields: [] } }, { enableDynamicField: true }],
    [
      "nulls",
      {
        schema: null,
        indexParams: null,
        params: null,
        autoID: null,
        idType: null,
        metricType: null,
        vectorFieldType: null,
      },
      { autoId: false },
    ],
  ])("may ask for %s", async (_name, asked, described) => {
    const service = openMilvus();
    expect(await create(service, { dimension: 2, ...asked })).toEqual(done);
    expect(await describeBook(service)).toMatchObject(described);
  });
});
