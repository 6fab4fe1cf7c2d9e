import type { JsonObject, JsonValue } from "../../core/json.js";
import { describeV1, describeV2, type Described } from "./describe.js";
import { defaultDatabase } from "./definition.js";

/** What tells the replies of one version of the interface from those of the other. */
export interface Version {
  readonly databaseOf: (dbName: string | null | undefined) => string;
  readonly toReply: (data: JsonValue) => JsonObject;
  /** Of what writes or reads entities. */
  readonly toEntityReply: (data: JsonValue) => JsonObject;
  readonly describe: (described: Described) => JsonObject;
  /** Whether an upsert may replace an entity whose key was generated; it gets a new key then. */
  readonly replacesGeneratedKeys: boolean;
}

export const versionOne: Version = {
  databaseOf: (dbName) => dbName ?? defaultDatabase,
  toReply: (data) => ({ code: 200, data }),
  toEntityReply: (data) => ({ code: 200, data }),
  describe: (described) => ({ code: 200, data: describeV1(described) }),
  replacesGeneratedKeys: false,
};

export const versionTwo: Version = {
  databaseOf: (dbName) => dbName || defaultDatabase,
  toReply: (data) => ({ code: 0, data }),
  toEntityReply: (data) => ({ code: 0, cost: 0, data }),
  describe: (described) => ({ code: 0, data: describeV2(described), message: "" }),
  replacesGeneratedKeys: true,
};
