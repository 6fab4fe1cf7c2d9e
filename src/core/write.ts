import type { Caller } from "./caller.js";
import type { JsonObject } from "../json/value.js";

export const writeOperations = ["insertRecords", "upsertEntities"] as const;
export type WriteOperation = (typeof writeOperations)[number];

/** What a face knows of whoever asks. */
export interface Origin {
  readonly caller?: Caller;
  /** The IP address the request came from. */
  readonly address?: string;
  /** Size of the request in bytes: an upper bound of the size of its records. */
  readonly carrierBytes?: number;
  /** What shall go wrong with the call, as the fault header says it; only where faults are allowed. */
  readonly fault?: string;
  /** Aborts when the caller goes away: a call that has not begun does not begin; one that has outlives its caller. */
  readonly left?: AbortSignal;
}

/** A write in neutral words. `target` has been parsed by the provider's own target schema. */
export interface WriteCommand {
  readonly target: JsonObject;
  /** Plain field -> value objects, whatever envelope the contract puts around them. */
  readonly records: readonly JsonObject[];
  readonly origin?: Origin;
}

export interface StoredReceipt {
  readonly status: "stored";
  readonly count: number;
  readonly skippedCount: number;
  /** Absent where the contract answers none. Always text. */
  readonly ids?: readonly string[];
  readonly warnings: readonly string[];
  /** Our id of the collection; absent for a remote provider. */
  readonly collectionId?: string;
}

/** The service took the records but stores them later; `taskId` is the contract's own identifier. */
export interface AcceptedReceipt {
  readonly status: "accepted";
  readonly taskId: string;
  readonly collectionId?: string;
}

export type WriteReceipt = StoredReceipt | AcceptedReceipt;
