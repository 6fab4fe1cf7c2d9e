import type { JsonObject, JsonValue } from "../../json/value.js";
import { describeV1, describeV2, type DescribedCollection } from "./describe.js";

/** What tells the replies of one version of the interface from those of the other. */
export interface InterfaceVersion {
  readonly toReply: (data: JsonValue) => JsonObject;
  readonly describe: (described: DescribedCollection) => JsonValue;
  /** Whether an upsert may replace an entity whose key was generated; it gets a new key then. */
  readonly replacesGeneratedKeys: boolean;
}

export const interfaceV1: InterfaceVersion = {
  toReply: (data) => ({ code: 200, data }),
  describe: describeV1,
  replacesGeneratedKeys: false,
};

export const interfaceV2: InterfaceVersion = {
  toReply: (data) => ({ code: 0, cost: 0, data }),
  describe: describeV2,
  replacesGeneratedKeys: true,
};
