import { ProviderDirectory, type ConnectedProvider, type FollowedTasks } from "../../src/application/providers.js";
import type { DataSource } from "../../src/contract/data-source.js";
import type { Provider } from "../../src/contract/provider.js";
import type { Collection } from "../../src/core/collection.js";
import type { Task } from "../../src/core/task.js";
import { createFakeProvider } from "../graphql/fake-provider.js";

interface Registered {
  readonly provider?: Provider;
  readonly mode?: ConnectedProvider["mode"];
  readonly dataSource?: DataSource;
  readonly remoteTasks?: FollowedTasks;
}

export function createDirectory(...registered: readonly Registered[]): ProviderDirectory {
  return new ProviderDirectory(
    registered.map(({ provider = createFakeProvider(), mode = "embedded", dataSource = {}, remoteTasks }) => ({
      provider,
      mode,
      dataSource,
      remoteTasks,
      limits: [],
      failures: [],
    })),
  );
}

/** A port that offers the given methods only. */
export function createPort<Port extends object>(methods: Partial<Port>): Port {
  const port = new Proxy(methods, {
    get: (target, name): unknown => {
      if (name in target) return Reflect.get(target, name);
      throw new Error(`${String(name)} is not expected to be called`);
    },
  });
  return port as Port; // The proxy answers calls of other methods.
}

const createdAt = new Date("2026-01-02T03:04:05Z");

export function collectionOf(provider: string, id = `${provider}-1`): Collection {
  return {
    id,
    provider,
    spaceId: "s1",
    spaceName: "home",
    name: "books",
    definition: { planks: 3 },
    version: 4,
    spaceVersion: 1,
    createdAt,
  };
}

export function taskOf(provider: string, id = `${provider}-task`): Task {
  return { id, provider, collectionId: `${provider}-1`, state: "pending", totalCount: 2, createdAt };
}
