import type { ProviderCaller } from "./access/caller.js";
import type { RequestScope } from "./request-scope.js";
import type { MirroredTask } from "./task.js";
import type { JsonObject } from "../json/value.js";

export const writeOperations = ["insertRecords", "upsertEntities"] as const;
export type WriteOperation = (typeof writeOperations)[number];

/** The circumstances of a request, as its face knows them. */
export interface Origin {
  /** The caller in the terms of the provider; absent: without a credential for it. */
  readonly caller?: ProviderCaller;
  /** The IP address the request came from. */
  readonly address?: string;
  /** The caller's deadline, in milliseconds since 1970; absent: the caller gave none. */
  readonly deadlineAt?: number;
  /** Size of the request in bytes: an upper bound of the size of its records. */
  readonly carrierBytes?: number;
  /** The fault to provoke, in the form of the fault header; present only where faults are allowed. */
  readonly fault?: string;
  /** The id of the request in answers that hide their cause, and in the log. */
  readonly requestId?: () => string;
  /** The request that the write is a part of. */
  readonly scope: RequestScope;
}

/** A write in the terms of no particular provider. The provider's target schema has parsed `target`. */
export interface WriteCommand {
  readonly target: JsonObject;
  /** Plain field -> value objects, without the envelope of the contract. */
  readonly records: readonly JsonObject[];
  readonly origin?: Origin;
  /** The place of the records in a split write; absent: they are all of it. */
  readonly part?: CommandPart;
  /** Called with the receipt of a call that a real service answered after the caller was answered. */
  readonly receiveLate?: (receipt: WriteReceipt) => Promise<void>;
}

/** What the limits of a contract measure, by their names. */
export type Measures = ReadonlyMap<string, number>;

export interface CommandPart {
  /** Counts from 0. */
  readonly index: number;
  /** What was measured while the records were cut, so that it is not measured again. */
  readonly measures: Measures;
}

/** `split`: records over the limits of a contract become several calls, each with as many as a call may have. */
export type Batching = "none" | "split";

export interface StoredReceipt {
  readonly status: "stored";
  readonly count: number;
  readonly skippedCount: number;
  /** Always text. Absent where the contract does not answer ids. */
  readonly ids?: readonly string[];
  readonly warnings: readonly string[];
  /** This program's id of the collection; absent for a remote provider. */
  readonly collectionId?: string;
}

/** The service took the records but stores them later; `taskId` is the contract's own identifier. */
export interface AcceptedReceipt {
  readonly status: "accepted";
  readonly taskId: string;
  readonly collectionId?: string;
  /** The mirror of a real service's task; absent for an embedded provider. */
  readonly mirror?: MirroredTask;
}

export type WriteReceipt = StoredReceipt | AcceptedReceipt;
