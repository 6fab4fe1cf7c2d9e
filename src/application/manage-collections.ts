import { toViolation } from "../contract/issues.js";
import { DefinitionRefused } from "../contract/provider.js";
import type { IdSource } from "../core/clock.js";
import { ProviderFailure, type Violation } from "../core/failure.js";
import type { JsonObject } from "../core/json.js";
import { StoreUnavailable, type Collection, type CollectionStore } from "../core/store.js";
import { refusedBeforeAsking, type ProviderDirectory } from "./providers.js";

/** Stands for us in a failure before it is known whose collection it is about. */
const anyProvider = "recordgate";

export interface ManageCollections {
  /** Creates the collection and, if absent, its space. @throws ProviderFailure */
  create(provider: string, definition: JsonObject): Promise<Collection>;
  /** Deletes the collection with its records and tasks. Undefined when there is none. @throws ProviderFailure */
  delete(id: string): Promise<Collection | undefined>;
}

export function createManageCollections(options: {
  readonly directory: ProviderDirectory;
  readonly store: CollectionStore;
  readonly ids: IdSource;
}): ManageCollections {
  const { directory, store, ids } = options;

  function toCollection(provider: string, definition: JsonObject) {
    const { collections } = directory.getEmbedded(provider).provider;
    const parsed = collections.definition.safeParse(definition);
    if (!parsed.success) throw refuseDefinition(provider, parsed.error.issues.map((issue) => toViolation(issue)));
    try {
      return { provider, ...collections.toCollection(parsed.data, ids) };
    } catch (error) {
      if (!(error instanceof DefinitionRefused)) throw error;
      const { field, rule, message } = error;
      throw refuseDefinition(provider, [{ field, rule, message }]);
    }
  }

  return {
    async create(provider, definition) {
      const wanted = toCollection(provider, definition);
      const { created, collection } = await reachable(provider, () => store.createCollection(wanted));
      if (created) return collection;
      const message = `the collection ${collection.name} exists already`;
      throw refusedBeforeAsking({ provider, kind: "conflict", message });
    },
    async delete(id) {
      const [collection] = await reachable(anyProvider, () => store.collectionsById([id]));
      if (collection === undefined || directory.find(collection.provider) === undefined) return undefined;
      directory.getEmbedded(collection.provider);
      return (await reachable(collection.provider, () => store.deleteCollection(id))) ? collection : undefined;
    },
  };
}

function refuseDefinition(provider: string, violations: readonly Violation[]): ProviderFailure {
  const message = violations.map((violation) => `${violation.field ?? "definition"}: ${violation.message}`).join("; ");
  return refusedBeforeAsking({ provider, kind: "invalid-input", message, violations });
}

/** A database that cannot be reached is an expected failure, told as data. */
async function reachable<T>(provider: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (!(cause instanceof StoreUnavailable)) throw cause;
    const retry = cause.outcome === "unknown" ? "only-if-idempotent" : "yes";
    const message = "the database could not be reached";
    throw new ProviderFailure({ provider, kind: "unavailable", retry, message, idempotent: true, outcome: cause.outcome }, { cause });
  }
}
