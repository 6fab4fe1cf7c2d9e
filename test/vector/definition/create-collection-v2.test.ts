import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector, type VectorService } from "../vector-service.js";

const openMilvus = useVector(milvus);
const root = "/v2/vectordb";
const done = { code: 0, cost: 0, data: {} };

const key: JsonObject = { fieldName: "id", dataType: "Int64", isPrimary: true };
const vec: JsonObject = { fieldName: "vec", dataType: "FloatVector", elementTypeParams: { dim: 2 } };
const create = ({ post }: VectorService, body: JsonObject) =>
  post(`${root}/collections/create`, { collectionName: "book", ...body });
const withFields = (fields: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  schema: { fields, ...more },
});

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
      { enableDynamicField: false, shardsNum: 1 },
    ],
    ["an empty schema", { schema: { fields: [] } }, { enableDynamicField: true }],
    [
      "nulls",
      { schema: null, indexParams: null, params: null, autoID: null, idType: null, metricType: null },
      { autoId: false },
    ],
  ])("may ask for %s", async (_name, asked, described) => {
    const service = openMilvus();
    expect(await create(service, { dimension: 2, ...asked })).toEqual(done);
    expect(await describeBook(service)).toMatchObject(described);
  });
});

describe("a collection is refused", () => {
  it.each<[string, JsonObject, number, string | RegExp]>([
    [
      "without dimensions",
      {},
      1100,
      "dimension is required for quickly create collection(default metric type: COSINE): invalid parameter[expected=collectionName & dimension][actual=collectionName]",
    ],
    ["with dimension 0", { dimension: 0 }, 1100, /^dimension is required/],
    [
      "with another key",
      { dimension: 2, idType: "Int32" },
      1100,
      "idType can only be [Int64, VarChar], default: Int64: invalid parameter[expected=Int64, Varchar][actual=Int32]",
    ],
    ["with a key named like a member of objects", { dimension: 2, idType: "constructor" }, 1100, /actual=constructor/],
    ["without the length of its key", { dimension: 2, idType: "VarChar" }, 1100, /maxLength is required/],
    ["with a length that is none", { dimension: 2, idType: "VarChar", params: { max_length: {} } }, 1100, /maxLength/],
    [
      "with an unreadable flag",
      { dimension: 2, params: { enableDynamicField: "yes" } },
      1100,
      'parse enableDynamicField fail, err:strconv.ParseBool: parsing "yes": invalid syntax',
    ],
    [
      "with an unknown type",
      withFields([key, { fieldName: "x", dataType: "int64" }]),
      1100,
      "invalid parameter, data type int64 is invalid(case sensitive).",
    ],
    [
      "without a type",
      withFields([key, { fieldName: "x" }]),
      1100,
      "invalid parameter, data type  is invalid(case sensitive).",
    ],
    [
      "with an unknown type of elements",
      withFields([key, { fieldName: "x", dataType: "Array", elementDataType: "JSON" }]),
      1100,
      "invalid parameter, element data type JSON is invalid(case sensitive).",
    ],
    [
      "with an index of no field",
      { ...withFields([key, vec]), indexParams: [{ fieldName: "x" }] },
      1802,
      "missing required parameters, error: `x` hasn't defined in schema",
    ],
    [
      "with two indexes of a field",
      { ...withFields([key, vec]), indexParams: [{ fieldName: "vec" }, { fieldName: "vec", indexName: "b" }] },
      1100,
      /at most one distinct index/,
    ],
    [
      "with functions",
      withFields([key, vec], { functions: [{}] }),
      1100,
      /^functions are not supported: invalid parameter/,
    ],
    ["without a key", withFields([vec]), 1100, /primary key/],
    ["without a name", withFields([key, { dataType: "Int8" }]), 1100, /the field name ""/],
    [
      "with dimensions that are none",
      withFields([key, { ...vec, elementTypeParams: { dim: "two" } }]),
      1100,
      /fields\.1\.dim/,
    ],
    ["with too many dimensions", withFields([key, { ...vec, elementTypeParams: { dim: "9999999999" } }]), 1100, /dim/],
    [
      "with 65 fields",
      withFields([key, ...Array.from({ length: 64 }, (_, index) => ({ fieldName: `f${index}`, dataType: "Int8" }))]),
      1100,
      /at most 64 fields/,
    ],
    [
      "with a default of another type",
      withFields([key, { fieldName: "x", dataType: "Int8", defaultValue: "abc" }]),
      1100,
      /default does not fit/,
    ],
    ["with fields that are no list", { schema: { fields: {} } }, 1801, /schema\.fields/],
    ["with a field that is no object", { schema: { fields: [key, 5] } }, 1801, /schema\.fields\.1/],
    ["with a flag as text", withFields([key, vec], { autoId: "true" }), 1801, /schema\.autoId/],
  ])("%s", async (_name, asked, code, message) => {
    const service = openMilvus();
    expect(await create(service, asked)).toEqual({
      code,
      message: typeof message === "string" ? message : (expect.stringMatching(message) as string),
    });
    expect(await service.post(`${root}/collections/list`, {})).toEqual({ code: 0, cost: 0, data: [] });
  });
});
