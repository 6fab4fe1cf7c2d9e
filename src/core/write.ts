import type { Caller } from "./caller.js";
import type { JsonObject } from "./json.js";

export const writeOperations = ["insertRecords", "upsertEntities"] as const;
export type WriteOperation = (typeof writeOperations)[number];

/** A write in neutral words. `target` has been parsed by the provider's own target schema. */
export interface WriteCommand {
  readonly target: JsonObject;
  /** Plain field -> value objects, whatever envelope the contract puts around them. */
  readonly records: readonly JsonObject[];
  readonly caller?: Caller;
  /** Size of the request that carried the records, in bytes, when known: an upper bound of the records' size. */
  readonly carrierBytes?: number;
}

export interface StoredReceipt {
  readonly status: "stored";
  readonly count: number;
  readonly skippedCount: number;
  /** Absent where the contract answers none. Always text. */
  readonly ids?: readonly string[];
  readonly warnings: readonly string[];
  readonly replayed: boolean;
  /** Our id of the collection; absent for a remote provider. */
  readonly collectionId?: string;
}

/** The service took the records but stores them later; `taskId` is the contract's own identifier. */
export interface AcceptedReceipt {
  readonly status: "accepted";
  readonly taskId: string;
  readonly replayed: boolean;
  readonly collectionId?: string;
}

export type WriteReceipt = StoredReceipt | AcceptedReceipt;
