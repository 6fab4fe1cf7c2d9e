import type { ServiceReply, ServiceContext } from "../../contract/service.js";
import type { Collection } from "../../core/collection.js";
import type { JsonValue } from "../../json/value.js";
import { dingtalkFailures } from "./failures.js";

export type Context = ServiceContext<{ readonly UNKNOWN_OPTION: "reject" | "create" }>;

/**
 * Concurrent requests that change one sheet exclude each other; one of them succeeds per round, so 20 rounds serve 20
 * requests.
 */
export const sheetChanges = { attempts: 20, refuse: () => dingtalkFailures.refuse("service-unavailable") };

/** @param collection the collection that received the records */
export function succeed(body: JsonValue, collection?: Collection): ServiceReply {
  return { body, headers: { "content-type": "application/json" }, collectionId: collection?.id };
}
