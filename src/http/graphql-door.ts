import type { FastifyReply, FastifyRequest, onRequestHookHandler } from "fastify";
import type { Caller } from "../core/access/caller.js";
import { StoreUnavailableError, unreachableDatabase } from "../core/store.js";
import { decodeUtf8Credential, readAddress } from "./contract-request.js";
import type { OwnError } from "./early-reply.js";
import { sendErrorReply } from "./error-reply.js";
import { isBrowserVisit } from "./playground.js";
import { readBearer } from "../contract/credentials.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Of an admitted request. */
    caller: Caller | undefined;
  }
}

export interface GraphqlDoor {
  /** Answers a request without a known caller, before its body is read. */
  readonly admit: onRequestHookHandler;
  /** The caller of an admitted request. */
  readonly callerOf: (request: FastifyRequest) => Caller;
}

/** Finds the caller behind a secret; undefined when it is refused. */
export type Identify = (secret: string, address: string | undefined) => Promise<Caller | undefined>;

/** @param door the caller of every request, or the way to find it */
export function createGraphqlDoor(door: { readonly caller: Caller } | { readonly identify: Identify }): GraphqlDoor {
  return {
    admit: (request, reply, done) => {
      // The page asks for the credential, so a browser gets it without one.
      if (isBrowserVisit(request)) {
        done();
        return;
      }
      const admit = (caller: Caller | OwnError): void => {
        if ("code" in caller) refuse(reply, caller);
        else {
          request.caller = caller;
          done();
        }
      };
      if ("caller" in door) admit(door.caller);
      else judge(request, door).then(admit, done);
    },
    callerOf: ({ caller }) => {
      if (caller === undefined) throw new Error("a request reached GraphQL without a caller");
      return caller;
    },
  };
}

function refuse(reply: FastifyReply, refusal: OwnError): void {
  if (refusal.status === 401) void reply.header("www-authenticate", "Bearer");
  void sendErrorReply(reply, refusal);
}

async function judge(request: FastifyRequest, door: { readonly identify: Identify }): Promise<Caller | OwnError> {
  const secret = readBearer(decodeUtf8Credential(request.headers.authorization ?? ""));
  const caller = secret === undefined ? undefined : await findCallerOf(request, { secret, door });
  if (caller === "unavailable") return { status: 503, code: "SERVICE_UNAVAILABLE", message: unreachableDatabase };
  if (caller !== undefined) return caller;
  const message =
    secret === undefined
      ? "a credential is needed: send a key, or a provider's own credential, as `Authorization: Bearer …`"
      : "the credential is unknown, expired or revoked";
  return { status: 401, code: "UNAUTHENTICATED", message };
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
