import type { Provider } from "../../src/contract/provider.js";
import type { JsonObject } from "../../src/json/value.js";
import { altatech, dingtalk, milvus, redivis, zilliz } from "../../src/providers/registry.js";

/** What a field keeps of a number: a whole one in its range, the digits as text, or the nearest float. */
export type Keeping =
  | { readonly kind: "whole"; readonly min: bigint; readonly max: bigint }
  | { readonly kind: "digits" | "double" | "float32" };

/** A collection with fields for numbers, and the ways to write a record. */
export interface NumberScene {
  readonly name: string;
  readonly provider: Provider;
  readonly definition: JsonObject;
  /** The target of a mutation. */
  readonly target: JsonObject;
  readonly fields: Readonly<Record<string, Keeping>>;
  /** The other members of a record, as JSON texts. */
  readonly rest: Readonly<Record<string, string>>;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body of the REST call for the text of one record. */
  readonly body: (record: string) => string;
  /** Whether a reply with status 200 refuses the call. */
  readonly isRefusal: (reply: string) => boolean;
}

const digits: Keeping = { kind: "digits" };
const double: Keeping = { kind: "double" };
const float32: Keeping = { kind: "float32" };

function whole(bits: bigint): Keeping {
  return { kind: "whole", min: -(2n ** (bits - 1n)), max: 2n ** (bits - 1n) - 1n };
}

const json = { "content-type": "application/json" };

function vectorScene(provider: Provider, key: { readonly type: string } & JsonObject, keeping: Keeping): NumberScene {
  const collectionName = `keyed_by_${key.type}`;
  const types = ["Int8", "Int16", "Int32", "Int64", "Float", "Double"];
  return {
    name: `${provider.id}, keys of ${key.type}`,
    provider,
    definition: {
      collectionName,
      fields: [
        { name: "key", primary: true, ...key },
        { name: "vec", type: "FloatVector", dim: 2 },
        ...types.map((type) => ({ name: type, type, nullable: true })),
        { name: "VarChar", type: "VarChar", maxLength: 1000, nullable: true },
      ],
    },
    target: { collectionName },
    fields: {
      key: keeping,
      Int8: whole(8n),
      Int16: whole(16n),
      Int32: whole(32n),
      Int64: whole(64n),
      Float: float32,
      Double: double,
      VarChar: digits,
    },
    rest: { vec: "[1,2]", key: "1" },
    path: `/${provider.id}/v1/vector/upsert`,
    headers: json,
    body: (record) => `{"collectionName":"${collectionName}","data":[${record}]}`,
    isRefusal: (reply) => !reply.startsWith('{"code":200,'),
  };
}

const tableReference = "demo.numbers:num0:next.numbers:num1";

const redivisScene: NumberScene = {
  name: "redivis",
  provider: redivis,
  definition: {
    owner: "demo",
    dataset: { name: "Numbers", id: "num0" },
    table: {
      name: "Numbers",
      id: "num1",
      uploads: [
        {
          name: "events",
          schema: [
            { name: "whole", type: "integer" },
            { name: "measure", type: "float" },
          ],
        },
      ],
    },
  },
  target: { tableReference, uploadName: "events" },
  fields: { whole: whole(64n), measure: double },
  rest: {},
  path: `/redivis/api/v1/tables/${tableReference}/uploads/events/rows`,
  headers: { ...json, authorization: "Bearer any" },
  body: (record) => `{"rows":[${record}]}`,
  isRefusal: () => false,
};

const tableId = "0123456789abcdef01234567";

const altatechScene: NumberScene = {
  name: "altatech",
  provider: altatech,
  definition: {
    table_id: tableId,
    name: "numbers",
    fields: [
      { name: "whole", type: "INT" },
      { name: "measure", type: "FLOAT" },
      { name: "words", type: "TEXT" },
    ],
  },
  target: { table_id: tableId },
  fields: { whole: whole(64n), measure: double, words: digits },
  rest: {},
  path: "/altatech/v1/database/import/records",
  headers: { ...json, authorization: "Bearer any" },
  body: (record) => `{"table_id":"${tableId}","records":[{"values":${record}}]}`,
  isRefusal: () => false,
};

const baseId = "numbers0000000000000000000000001";
const dingtalkTypes = ["number", "currency", "progress", "rating", "date"];

const dingtalkScene: NumberScene = {
  name: "dingtalk",
  provider: dingtalk,
  definition: {
    baseId,
    operators: { unionId_1: "edit" },
    sheets: [{ name: "Numbers", fields: dingtalkTypes.map((type) => ({ id: `id${type}`, name: type, type })) }],
  },
  target: { baseId, sheetIdOrName: "Numbers", operatorId: "unionId_1" },
  fields: {
    number: digits,
    currency: digits,
    progress: digits,
    rating: { kind: "whole", min: 0n, max: 10n ** 308n },
    date: { kind: "whole", min: -8_640_000_000_000_000n, max: 8_640_000_000_000_000n },
  },
  rest: {},
  path: `/dingtalk/v1.0/notable/bases/${baseId}/sheets/Numbers/records?operatorId=unionId_1`,
  headers: { ...json, "x-acs-dingtalk-access-token": "any" },
  body: (record) => `{"records":[{"fields":${record}}]}`,
  isRefusal: () => false,
};

export const numberScenes: readonly NumberScene[] = [
  vectorScene(milvus, { type: "Int64" }, whole(64n)),
  vectorScene(milvus, { type: "VarChar", maxLength: 1000 }, digits),
  vectorScene(zilliz, { type: "Int64" }, whole(64n)),
  redivisScene,
  altatechScene,
  dingtalkScene,
];
