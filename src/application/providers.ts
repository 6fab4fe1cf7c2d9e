import type { FailureRow } from "../contract/failures/failure-row.js";
import type { UpstreamState } from "../contract/client/upstream-watch.js";
import type { DataSource } from "../contract/data-source.js";
import type { AskTask, RemoteTasks } from "../contract/tasks/remote-tasks.js";
import type { Provider } from "../contract/provider.js";
import type { JsonObject } from "../json/value.js";
import type { Collection } from "../core/collection.js";
import type { StoredRecord } from "../core/record.js";
import { ProviderFailure } from "../core/failure.js";
import { unreachableDatabase, type StoreUnavailableError } from "../core/store.js";

/** The provider named in failures of calls that do not name one, such as calls by id before the object is found. */
export const unknownProvider = "recordgate";

/** `embedded`: the service of this program answers. `remote`: the real service answers, and only writing is defined. */
export type ProviderMode = "embedded" | "remote";

export interface EffectiveLimit {
  readonly operation: string;
  readonly name: string;
  /** Undefined means no limit. */
  readonly max?: number;
  /** The same of a part of a split write. */
  readonly partMax?: number;
  readonly unit: string;
  readonly description: string;
}

/** A provider with the data source and mode that the start chose. */
export interface ConnectedProvider {
  readonly provider: Provider;
  readonly mode: ProviderMode;
  /** The state of the calls to a remote service; absent for an embedded one. */
  readonly upstream?: UpstreamState;
  readonly dataSource: DataSource;
  /** Present for a service whose writes answer a task. */
  readonly remoteTasks?: FollowedTasks;
  readonly limits: readonly EffectiveLimit[];
  readonly failures: readonly { readonly contract: string; readonly row: FailureRow }[];
}

/** How the tasks of a provider's real service are followed to their end. */
export interface FollowedTasks extends Pick<RemoteTasks, "polls" | "pauseAfter"> {
  /** Absent while the provider is embedded: tasks from before cannot be asked for. */
  readonly ask?: AskTask;
}

export class ProviderDirectory {
  readonly #byId: ReadonlyMap<string, ConnectedProvider>;

  constructor(connected: readonly ConnectedProvider[]) {
    this.#byId = new Map(connected.map((entry) => [entry.provider.id, entry]));
  }

  list(): readonly ConnectedProvider[] {
    return [...this.#byId.values()];
  }

  find(id: string): ConnectedProvider | undefined {
    return this.#byId.get(id);
  }

  /** @throws Error when a face lets an unknown provider through */
  get(id: string): ConnectedProvider {
    const connected = this.#byId.get(id);
    if (connected === undefined) throw new Error(`no provider ${id} is registered`);
    return connected;
  }

  /** The record in the read form of its contract. */
  toFields(collection: Collection, record: StoredRecord): JsonObject {
    return this.get(collection.provider).provider.collections.toFields(collection, record);
  }

  embeddedIds(): readonly string[] {
    return this.list()
      .filter((entry) => entry.mode === "embedded")
      .map((entry) => entry.provider.id);
  }

  /** @throws ProviderFailure with the rule `embedded-only` for a remote provider */
  getEmbedded(id: string): ConnectedProvider {
    const connected = this.get(id);
    if (connected.mode === "embedded") return connected;
    const message = `${id} is a remote service here: its collections are managed and read with its own tools`;
    throw createInvalidInput(id, { rule: "embedded-only", message });
  }
}

function createInvalidInput(
  provider: string,
  violation: { readonly rule: string; readonly message: string; readonly field?: string },
): ProviderFailure {
  return refusedBeforeCall({ provider, kind: "invalid-input", message: violation.message, violations: [violation] });
}

/** A refusal by this program, before any service was called. */
export function refusedBeforeCall(
  details: Pick<ProviderFailure["details"], "provider" | "kind" | "message" | "violations">,
): ProviderFailure {
  return new ProviderFailure({ ...details, retry: "no", idempotent: true, outcome: "not-applied" });
}

/** The failure of a call of this program's own database. */
export function toDatabaseFailure(provider: string, cause: StoreUnavailableError): ProviderFailure {
  const { outcome } = cause;
  const retry = outcome === "unknown" ? "only-if-idempotent" : "yes";
  return new ProviderFailure(
    { provider, kind: "unavailable", retry, message: unreachableDatabase, idempotent: true, outcome },
    { cause },
  );
}
