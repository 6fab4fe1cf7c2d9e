import type { JsonObject, JsonValue } from "../../json/value.js";
import { describeV1, describeV2, type DescribedCollection } from "./describe.js";

/** The differences between the two versions of the interface. */
export interface InterfaceVersion {
  readonly toReply: (data: JsonValue) => JsonObject;
  readonly describe: (described: DescribedCollection) => JsonValue;
  /** Whether an upsert may replace an entity with a generated key; the entity then gets a new key. */
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
