import type { JsonObject, JsonValue } from "../../json/value.js";
import type { Headers } from "../../contract/message.js";
import { defaultDatabase } from "../definition/definition.js";
import { describeV1, describeV2, type DescribedCollection } from "./describe.js";

/** The differences between the two versions of the interface. */
export interface InterfaceVersion {
  readonly toReply: (data: JsonValue) => JsonObject;
  /** The reply to a call that reads or writes rows. */
  readonly toRowsReply: (data: JsonValue) => JsonObject;
  readonly toDeleteReply: (count: number) => JsonObject;
  readonly describe: (described: DescribedCollection) => JsonValue;
  /** The database that a request names in its body or its headers. */
  readonly databaseOf: (dbName: string | null | undefined, headers: Headers) => string;
  /** Whether the name of a collection is judged before its database. */
  readonly judgesNameFirst: boolean;
  /** Whether a name of a partition has a meaning. */
  readonly servesPartitions: boolean;
  /** Whether to drop a collection that does not exist succeeds. */
  readonly dropsAbsent: boolean;
  /** Whether an upsert may replace an entity with a generated key; the entity then gets a new key. */
  readonly replacesGeneratedKeys: boolean;
}

const replyV1 = (data: JsonValue): JsonObject => ({ code: 200, data });
const replyV2 = (data: JsonValue): JsonObject => ({ code: 0, data });

export const interfaceV1: InterfaceVersion = {
  toReply: replyV1,
  toRowsReply: replyV1,
  toDeleteReply: () => replyV1({}),
  describe: describeV1,
  databaseOf: (dbName) => dbName ?? defaultDatabase,
  judgesNameFirst: false,
  servesPartitions: false,
  dropsAbsent: false,
  replacesGeneratedKeys: false,
};

export const interfaceV2: InterfaceVersion = {
  toReply: replyV2,
  toRowsReply: (data) => ({ code: 0, cost: 0, data }),
  toDeleteReply: (deleteCount) => replyV2({ deleteCount }),
  describe: describeV2,
  databaseOf: (dbName, headers) => dbName || headers["db-name"] || defaultDatabase,
  judgesNameFirst: true,
  servesPartitions: true,
  dropsAbsent: true,
  replacesGeneratedKeys: true,
};
