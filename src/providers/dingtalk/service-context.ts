import type { ServiceContext } from "../../contract/provider.js";
import type { ServiceReply } from "../../contract/service.js";
import type { Collection } from "../../core/collection.js";
import type { JsonValue } from "../../core/json.js";

export type Context = ServiceContext<{ readonly UNKNOWN_OPTION: "reject" | "create" }>;

/** @param collection what took records */
export function succeed(body: JsonValue, collection?: Collection): ServiceReply {
  return { body, headers: { "content-type": "application/json" }, collectionId: collection?.id };
}
