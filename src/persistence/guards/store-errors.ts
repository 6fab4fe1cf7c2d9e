import { StoreUnavailableError } from "../../core/store.js";
import { DiskError } from "../pglite/disk/disk-error.js";
import { Prisma } from "../generated/client.js";
import { isConflict } from "../sql-state.js";

/** Prisma's codes for a transaction that did not start or end in time. */
const transactionCodes = new Set(["P2024", "P2028"]);

/** `StoreUnavailableError` for failures of the database; any other error unchanged. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof StoreUnavailableError) return error;
  // The files may have taken the commit before a later write failed.
  if (error instanceof DiskError) return new StoreUnavailableError(error.message, "unknown", { cause: error });
  if (isConflict(error))
    return new StoreUnavailableError("the database has too many writers on the same records", "not-applied", {
      cause: error,
    });
  if (error instanceof Prisma.PrismaClientKnownRequestError && transactionCodes.has(error.code)) {
    return new StoreUnavailableError("the database took too long", "not-applied", { cause: error });
  }
  return error;
}
