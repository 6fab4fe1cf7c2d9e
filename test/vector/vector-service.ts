import type { Headers, Query } from "../../src/contract/message.js";
import type { Provider } from "../../src/contract/provider.js";
import type { JsonObject, JsonValue } from "../../src/json/value.js";
import type { Collection } from "../../src/core/collection.js";
import type { ProviderCaller } from "../../src/core/access/caller.js";
import { useService, type Service, type ServiceOptions } from "../service/use-service.js";

export interface VectorService extends Service {
  /** Gives a space, which need not be there, this definition. */
  readonly createDatabase: (name: string, definition?: JsonObject) => Promise<void>;
  readonly saveCaller: (secret: string, caller: ProviderCaller) => Promise<void>;
  /** The body of the reply to a body, with the credentials of root. */
  readonly post: (path: string, body: JsonValue, headers?: Headers) => Promise<JsonValue | undefined>;
  /** The body of the reply to a GET. */
  readonly query: (path: string, query?: Query) => Promise<JsonValue | undefined>;
}

const root = { authorization: "Bearer root:Milvus" };

/** Checks credentials unless told otherwise. */
export function useVector(provider: Provider): (options?: ServiceOptions) => VectorService {
  const open = useService(provider, { authorization: "on", secret: "root:Milvus" });
  return (options) => {
    const service = open(options);
    return {
      ...service,
      createDatabase: (name, definition = {}) => createDatabase(service, { provider: provider.id, name, definition }),
      saveCaller: (secret, caller) => service.saveCredential({ secret, caller }),
      post: async (path, body, headers = {}) =>
        (await service.send({ path, body, headers: { ...root, ...headers } })).body,
      query: async (path, query = {}) => (await service.send({ method: "GET", path, query })).body,
    };
  };
}

/** A space comes with a collection and stays without it. */
async function createDatabase(
  { store: { collections } }: Service,
  { provider, ...space }: Pick<Collection, "provider" | "name" | "definition">,
): Promise<void> {
  const { collection } = await collections.createCollection({ provider, space, name: "passing", definition: {} });
  await collections.deleteCollection(collection.id);
}
