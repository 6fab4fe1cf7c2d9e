import { StoreUnavailableError } from "../../core/store.js";
import { Prisma } from "../generated/client.js";
import { isConflict } from "../sql-state.js";

/** What Prisma says of itself when it could not run a transaction in time. */
const transactionCodes = new Set(["P2024", "P2028"]);

/** `StoreUnavailableError` for everything that is the database's fault; another error as it is. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof StoreUnavailableError) return error;
  if (isConflict(error)) return new StoreUnavailableError("the database has too many writers on the same records", "not-applied", { cause: error });
  if (error instanceof Prisma.PrismaClientKnownRequestError && transactionCodes.has(error.code)) {
    return new StoreUnavailableError("the database took too long", "not-applied", { cause: error });
  }
  return error;
}
