import { join } from "node:path";
import { stringifyJson } from "../../../src/json/stringify.js";
import { isBelow } from "../../../src/contract/paths.js";
import type { Provider } from "../../../src/contract/provider.js";
import type { JsonValue } from "../../../src/json/value.js";
import * as registry from "../../../src/providers/registry.js";
import { readCaseFile, type CaseFile } from "../../cases/case-file.js";
import { toWireRequest } from "../../cases/case-world.js";
import type { FuzzRequest } from "./mutations.js";

interface Face {
  readonly file: string;
  /** The collection that most cases write to. */
  readonly schema: string;
  /** Calls that the cases do not contain. */
  readonly more: readonly (readonly [method: string, path: string, body?: JsonValue])[];
}

const base = "/v1.0/notable/bases/qnYbase0000000000000000000000001";
const table = "/api/v1/tables/demo.my_data:abcd:next.a_table:wxyz";
const collectionName = "book";

const vector: Face = {
  file: "zilliz-milvus.json",
  schema: "BOOK",
  more: [
    ["GET", "/v1/vector/collections?dbName=default"],
    ["GET", `/v1/vector/collections/describe?collectionName=${collectionName}`],
    ["POST", "/v1/vector/get", { collectionName, id: [1, 2], outputFields: ["word_count"] }],
    ["POST", "/v1/vector/delete", { collectionName, id: 1 }],
    ["POST", "/v1/vector/collections/drop", { collectionName: "quick" }],
    [
      "POST",
      "/v2/vectordb/collections/create",
      {
        collectionName: "second",
        dimension: 4,
        metricType: "COSINE",
        primaryFieldName: "id",
        vectorFieldName: "vector",
        dbName: "default",
      },
    ],
    [
      "POST",
      "/v2/vectordb/collections/create",
      {
        collectionName: "third",
        schema: {
          autoId: true,
          enableDynamicField: true,
          fields: [
            { fieldName: "id", dataType: "VarChar", isPrimary: true, elementTypeParams: { max_length: 64 } },
            { fieldName: "v", dataType: "FloatVector", elementTypeParams: { dim: "2" } },
            {
              fieldName: "tags",
              dataType: "Array",
              elementDataType: "Int64",
              elementTypeParams: { max_capacity: 3 },
              nullable: true,
            },
          ],
        },
        indexParams: [{ fieldName: "v", indexName: "v", metricType: "L2" }],
      },
    ],
    ["POST", "/v2/vectordb/collections/describe", { collectionName }],
    ["POST", "/v2/vectordb/collections/list", { dbName: "default" }],
    ["POST", "/v2/vectordb/collections/drop", { collectionName: "third" }],
    [
      "POST",
      "/v2/vectordb/entities/insert",
      { collectionName, data: [{ book_id: 3, word_count: 1, book_intro: [1, 2] }] },
    ],
    [
      "POST",
      "/v2/vectordb/entities/upsert",
      { collectionName, data: [{ book_id: 4, word_count: 1, book_intro: [1, 2] }] },
    ],
    ["POST", "/v2/vectordb/entities/get", { collectionName, id: [3], outputFields: ["*"] }],
  ],
};

export const faces: Readonly<Record<string, Face>> = {
  milvus: vector,
  zilliz: vector,
  altatech: {
    file: "altatech.json",
    schema: "PRODUCTS",
    more: [
      [
        "POST",
        "/v1/database/create-table",
        {
          name: "people",
          description: "x",
          fields: [{ name: "id", description: "", type: "TEXT", required: true, unique: true }],
        },
      ],
      ["GET", "/v1/database/query/import-results?ids=673e9cda9f7bc178002dbd9c&ids=x"],
      ["POST", "/v1/database/records/page", { table_id: "673af861ed69656ac0895b07", page: 1, page_size: 5 }],
    ],
  },
  dingtalk: {
    file: "dingtalk.json",
    schema: "BASE",
    more: [
      ["GET", `${base}/sheets?operatorId=u1`],
      [
        "POST",
        `${base}/sheets?operatorId=u1`,
        {
          name: "S",
          fields: [
            { name: "T", type: "text" },
            { name: "N", type: "number", property: { formatter: "INT" } },
          ],
        },
      ],
      ["GET", `${base}/sheets/HAcL4SD/fields?operatorId=u1`],
      [
        "POST",
        `${base}/sheets/HAcL4SD/fields?operatorId=u1`,
        { name: "F", type: "singleSelect", property: { choices: [{ name: "a" }] } },
      ],
      [
        "POST",
        `${base}/sheets/HAcL4SD/records/list?operatorId=u2`,
        { maxResults: 3, nextToken: "", fieldIdOrNames: ["标题"] },
      ],
      ["GET", `${base}/sheets/HAcL4SD/records/abcdefghij?operatorId=u1`],
      ["POST", `${base}/changedRecordIds/query?operatorId=u1`, { clientToken: "550e8400-e29b-41d4-a716-446655440000" }],
      ["POST", "/v1.0/oauth2/accessToken", { appKey: "k", appSecret: "s" }],
    ],
  },
  redivis: {
    file: "redivis.json",
    schema: "EVENTS",
    more: [
      ["GET", table],
      ["HEAD", table],
      ["GET", `${table}/uploads?maxResults=2`],
      [
        "POST",
        `${table}/uploads`,
        {
          name: "more.csv",
          type: "stream",
          schema: [{ name: "a", type: "string" }],
          skipBadRecords: null,
          metadata: null,
        },
      ],
      ["GET", `${table}/uploads/events`],
      ["HEAD", `${table}/uploads/events`],
      ["DELETE", `${table}/uploads/more_csv`],
    ],
  },
};

export function faceOf(provider: string): Face {
  const face = faces[provider];
  if (face === undefined) throw new Error(`${provider} has no corpus`);
  return face;
}

export function readCases({ file }: Face): CaseFile {
  return readCaseFile(join(import.meta.dirname, "../../cases/contracts", file));
}

export function providerOf(id: string): Provider {
  const provider = Object.values(registry).find((each) => each.id === id);
  if (provider === undefined) throw new Error(`no provider ${id} is registered`);
  return provider;
}

/** Larger requests of the cases test limits, not forms. */
const longestBody = 20_000;

/** The requests that are mutated: those of the cases, and a call of every other endpoint. */
export function corpusOf(provider: string): readonly FuzzRequest[] {
  const face = faceOf(provider);
  const file = readCases(face);
  const cases = file.cases.filter(({ side, request }) => side === undefined && request.padTo === undefined);
  // A call that deletes the collection of all records would leave little to fuzz; a mutation may still produce one.
  const asked = cases
    .flatMap(({ request, given }) => [request, ...given.requests])
    .filter(({ method }) => method !== "DELETE");
  const { headers } = file.defaults;
  const own = face.more.map(([method, target, body]) => ({
    method,
    target,
    headers: Object.entries(headers),
    body: body === undefined ? undefined : Buffer.from(stringifyJson(body)),
  }));
  return [...asked.map((request) => toFuzzRequest(toWireRequest(file, request))), ...own]
    .filter(({ body }) => body === undefined || body.length < longestBody)
    .flatMap((request) => mountsOf(provider, request));
}

/** The request below the provider's name, and at the root if the provider claims the path. */
function mountsOf(provider: string, request: Omit<FuzzRequest, "mount">): FuzzRequest[] {
  const claims = providerOf(provider).root.filter((claim) => isBelow(request.target, claim));
  return [
    { ...request, mount: `/${provider}` },
    ...claims.map((mount) => ({ ...request, mount, target: request.target.slice(mount.length) })),
  ];
}

function toFuzzRequest({
  method,
  path,
  query,
  headers,
  text,
}: ReturnType<typeof toWireRequest>): Omit<FuzzRequest, "mount"> {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) => [values].flat().map((value): [string, string] => [name, value])),
  );
  const operation = path.includes("{operation}") ? path.replace("{operation}", "insert") : path;
  return {
    method,
    target: search.size === 0 ? operation : `${operation}?${search.toString()}`,
    headers: Object.entries(headers).filter(([name]) => name !== "transfer-encoding"),
    body: text === undefined ? undefined : Buffer.from(text),
  };
}
