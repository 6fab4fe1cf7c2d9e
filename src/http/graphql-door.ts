import type { IncomingMessage } from "node:http";
import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import type { Caller } from "../core/access/caller.js";
import { StoreUnavailableError, unreachableDatabase } from "../core/store.js";
import { decodeUtf8Credential, readAddress } from "./contract-request.js";
import { sendErrorReply } from "./error-reply.js";
import { isBrowserVisit } from "./playground.js";
import { readBearer } from "../contract/credentials.js";

export interface GraphqlDoor {
  /** Answers a request without a known caller, before its body is read. */
  readonly admit: onRequestAsyncHookHandler;
  /** The caller of an admitted request. */
  readonly callerOf: (request: FastifyRequest) => Caller;
}

/** Finds the caller behind a secret; undefined when it is refused. */
export type Identify = (secret: string, address: string | undefined) => Promise<Caller | undefined>;

/** @param door the caller of every request, or the way to find it */
export function createGraphqlDoor(door: { readonly caller: Caller } | { readonly identify: Identify }): GraphqlDoor {
  const callers = new WeakMap<IncomingMessage, Caller>();
  return {
    admit: async (request, reply) => {
      // The page asks for the credential, so a browser gets it without one.
      if (isBrowserVisit(request)) return;
      if ("caller" in door) {
        callers.set(request.raw, door.caller);
        return;
      }
      const secret = readBearer(decodeUtf8Credential(request.headers.authorization ?? ""));
      const caller = secret === undefined ? undefined : await findCallerOf(request, { secret, door });
      if (caller === "unavailable")
        return sendErrorReply(reply, {
          status: 503,
          code: "SERVICE_UNAVAILABLE",
          message: unreachableDatabase,
        });
      if (caller !== undefined) {
        callers.set(request.raw, caller);
        return;
      }
      const message =
        secret === undefined
          ? "a credential is needed: send a key, or a provider's own credential, as `Authorization: Bearer …`"
          : "the credential is unknown, expired or revoked";
      void reply.header("www-authenticate", "Bearer");
      return sendErrorReply(reply, { status: 401, code: "UNAUTHENTICATED", message });
    },
    callerOf: ({ raw }) => {
      const caller = callers.get(raw);
      if (caller === undefined) throw new Error("a request reached GraphQL without a caller");
      return caller;
    },
  };
}

/** A database that cannot be reached knows nothing about a credential. */
async function findCallerOf(
  { socket }: FastifyRequest,
  { secret, door }: { readonly secret: string; readonly door: { readonly identify: Identify } },
): Promise<Caller | "unavailable" | undefined> {
  try {
    return await door.identify(secret, readAddress(socket.remoteAddress));
  } catch (error) {
    if (error instanceof StoreUnavailableError) return "unavailable";
    throw error;
  }
}
