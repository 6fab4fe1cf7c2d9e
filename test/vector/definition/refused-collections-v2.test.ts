import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector } from "../vector-service.js";
import { create, key, root, vec, withFields } from "../book-v2.js";

const openMilvus = useVector(milvus);

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
      "with an index for some of its vectors only",
      {
        ...withFields([
          key,
          vec,
          { ...vec, fieldName: "other" },
          { fieldName: "sparse", dataType: "SparseFloatVector" },
        ]),
        indexParams: [{ fieldName: "vec" }],
      },
      1100,
      "there is no vector index on field: [other sparse], please create index firstly: invalid parameter",
    ],
    [
      "with another type of the vector",
      { dimension: 2, vectorFieldType: "Int8Vector" },
      1100,
      /^vectorFieldType can only be \[FloatVector, BinaryVector, Float16Vector, BFloat16Vector, SparseFloatVector\], default: FloatVector: invalid parameter/,
    ],
    [
      "with the dimension of a sparse vector",
      { dimension: 2, vectorFieldType: "SparseFloatVector" },
      1100,
      "dimension should not be specified for SparseFloatVector quick create: invalid parameter",
    ],
    ["without the dimension of a binary vector", { vectorFieldType: "BinaryVector" }, 1100, /^dimension is required/],
    [
      "with a metric that the vector's type does not have",
      { dimension: 8, vectorFieldType: "BinaryVector", metricType: "L2" },
      1100,
      /does not support metric type: L2/,
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
    [
      "without fields and with functions",
      { dimension: 2, schema: { functions: [{}] } },
      1100,
      "functions are not supported for quickly create collection: invalid parameter[expected=schema][actual=functions]",
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
    expect(await service.post(`${root}/collections/list`, {})).toEqual({ code: 0, data: [] });
  });
});
