import type { JsonObject, JsonValue } from "../../json/value.js";
import { describeV1, describeV2, type Described } from "./describe.js";

/** What tells the replies of one version of the interface from those of the other. */
export interface Version {
  readonly toReply: (data: JsonValue) => JsonObject;
  readonly describe: (described: Described) => JsonValue;
  /** Whether an upsert may replace an entity whose key was generated; it gets a new key then. */
  readonly replacesGeneratedKeys: boolean;
}

export const versionOne: Version = {
  toReply: (data) => ({ code: 200, data }),
  describe: describeV1,
  replacesGeneratedKeys: false,
};

export const versionTwo: Version = {
  toReply: (data) => ({ code: 0, cost: 0, data }),
  describe: describeV2,
  replacesGeneratedKeys: true,
};
