import type { ServiceContext } from "../../contract/provider.js";
import type { ServiceReply } from "../../contract/service.js";
import type { Collection } from "../../core/collection.js";
import type { JsonValue } from "../../json/value.js";
import { dingtalkFailures } from "./failures.js";

export type Context = ServiceContext<{ readonly UNKNOWN_OPTION: "reject" | "create" }>;

/** Several requests may change one sheet at once, and one of them gets through each time. */
export const sheetChanges = { attempts: 20, refuse: () => dingtalkFailures.refuse("service-unavailable") };

/** @param collection what took records */
export function succeed(body: JsonValue, collection?: Collection): ServiceReply {
  return { body, headers: { "content-type": "application/json" }, collectionId: collection?.id };
}
