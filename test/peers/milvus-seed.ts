import { systemRequest } from "../../src/core/request-scope.js";
import type { JsonObject } from "../../src/json/value.js";
import type { PeerApp } from "./open-app.js";

/** Creates a collection, and the users that clients name. */
export async function seedMilvus(app: PeerApp, users: readonly JsonObject[]): Promise<void> {
  await app.manageCollections.create(systemRequest, "milvus", {
    users,
    collectionName: "seed",
    fields: [
      { name: "id", type: "Int64", primary: true },
      { name: "vector", type: "FloatVector", dim: 2 },
    ],
  });
}
