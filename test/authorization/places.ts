import type { JsonObject } from "../../src/json/value.js";

/** A collection of a provider in a space of its own. Every name in it contains the word. */
export interface Place {
  readonly word: string;
  readonly space: string;
  readonly definition: JsonObject;
  readonly target: Readonly<Record<string, string>>;
  readonly records: readonly JsonObject[];
  /** Another collection of the same space. */
  readonly another: (name: string) => JsonObject;
}

/** Words of one length, so that messages that are cut at a length are cut alike. */
export const words = { theirs: "otter", own: "robin", absent: "heron" } as const;

/** The members of a definition that grant access to a place: to everything in it, and to nothing. */
interface Grants {
  readonly entitled: { readonly secret: string; readonly definition: JsonObject };
  readonly powerless: { readonly secret: string; readonly definition: JsonObject };
}

export interface ProviderPlaces {
  readonly place: (word: string) => Place;
  readonly grants: (place: Place) => Grants;
}

const vectorPlaces: ProviderPlaces = {
  place: (word) => {
    const space = `${word}_db`;
    const define = (collectionName: string): JsonObject => ({
      collectionName,
      dbName: space,
      fields: [
        { name: "id", type: "Int64", primary: true },
        { name: "title", type: "VarChar", maxLength: 64 },
        { name: "vector", type: "FloatVector", dim: 2 },
      ],
    });
    return {
      word,
      space,
      definition: define(`${word}_books`),
      target: { collectionName: `${word}_books`, dbName: space },
      records: [{ id: 1, title: `${word} record`, vector: [1, 2] }],
      another: define,
    };
  },
  grants: ({ space, definition }) => ({
    entitled: {
      secret: "owner:entitled",
      definition: { ...definition, users: [{ name: "owner", password: "entitled", databases: [space] }] },
    },
    powerless: {
      secret: "guest:powerless",
      definition: { users: [{ name: "guest", password: "powerless", databases: [space], privileges: [] }] },
    },
  }),
};

const altatechPlaces: ProviderPlaces = {
  place: (word) => {
    const [space, tableId] = [`${word}_bot`, hexOf(word)];
    const records: readonly JsonObject[] = [{ title: `${word} record` }, { title: `${word} fault`, age: "abc" }];
    const define = (name: string): JsonObject => ({
      name,
      bot_id: space,
      fields: [
        { name: "title", type: "TEXT" },
        { name: "age", type: "INT" },
      ],
    });
    return {
      word,
      space,
      definition: { ...define(`${word}_table`), table_id: tableId },
      target: { table_id: tableId },
      records,
      another: define,
    };
  },
  grants: ({ space }) => ({
    entitled: { secret: "app-entitled", definition: { bot_id: space, tokens: { "app-entitled": {} } } },
    powerless: { secret: "app-powerless", definition: { bot_id: "elsewhere", tokens: { "app-powerless": {} } } },
  }),
};

const dingtalkPlaces: ProviderPlaces = {
  place: (word) => {
    const space = `${word}Base`;
    const define = (name: string): JsonObject => ({
      baseId: space,
      operators: { [`${word}Operator`]: "edit" },
      sheets: [{ name, fields: [{ name: "Title", type: "text", primary: true }] }],
    });
    return {
      word,
      space,
      definition: define(`${word}Sheet`),
      target: { baseId: space, sheetIdOrName: `${word}Sheet`, operatorId: `${word}Operator` },
      records: [{ Title: `${word} record` }],
      another: define,
    };
  },
  grants: () => ({
    entitled: {
      secret: "ding-entitled",
      definition: { tokens: { "ding-entitled": {} }, apps: [{ appKey: "app", appSecret: "secret" }] },
    },
    powerless: { secret: "ding-powerless", definition: { tokens: { "ding-powerless": { scopes: [] } } } },
  }),
};

const redivisPlaces: ProviderPlaces = {
  place: (word) => {
    const define = (upload: string): JsonObject => ({
      owner: word,
      dataset: { name: `${word}_data`, visibility: "private" },
      table: {
        name: `${word}_table`,
        uploads: [{ name: upload, schema: [{ name: "title", type: "string" }] }],
      },
    });
    return {
      word,
      space: `${word}.${word}_data`,
      definition: define(`${word}_upload`),
      target: { tableReference: `${word}.${word}_data:next.${word}_table`, uploadName: `${word}_upload` },
      records: [{ title: `${word} record` }],
      another: define,
    };
  },
  grants: ({ word }) => ({
    entitled: {
      secret: "redivis-entitled",
      definition: { tokens: { "redivis-entitled": { scope: ["data.edit", "data.data"], canEdit: [word] } } },
    },
    powerless: { secret: "redivis-powerless", definition: { tokens: { "redivis-powerless": { scope: [] } } } },
  }),
};

/** A provider without an entry fails the tests. */
export const places: Readonly<Record<string, ProviderPlaces>> = {
  zilliz: vectorPlaces,
  milvus: vectorPlaces,
  redivis: redivisPlaces,
  altatech: altatechPlaces,
  dingtalk: dingtalkPlaces,
};

/** 24 hexadecimal digits that are different for each word. */
export function hexOf(word: string): string {
  return Buffer.from(word.padEnd(12, ".")).toString("hex");
}
