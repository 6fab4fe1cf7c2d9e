import { StoreUnavailable } from "../core/store.js";
import { Prisma } from "./generated/client.js";
import { isConflict } from "./sql-state.js";

/** What Prisma says of itself when it could not run a transaction in time. */
const transactionCodes = new Set(["P2024", "P2028"]);

/** The same port, throwing `StoreUnavailable` and nothing else that is the database's fault. */
export function withStoreErrors<Port extends object>(port: Port): Port {
  return new Proxy(port, {
    get(target, name): unknown {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return async (...values: unknown[]): Promise<unknown> => {
        try {
          return await (Reflect.apply(member, target, values) as unknown);
        } catch (error) {
          throw toStoreError(error);
        }
      };
    },
  });
}

function toStoreError(error: unknown): unknown {
  if (error instanceof StoreUnavailable) return error;
  if (isConflict(error)) return new StoreUnavailable("the database has too many writers on the same records", "not-applied", { cause: error });
  if (error instanceof Prisma.PrismaClientKnownRequestError && transactionCodes.has(error.code)) {
    return new StoreUnavailable("the database took too long", "not-applied", { cause: error });
  }
  return error;
}
