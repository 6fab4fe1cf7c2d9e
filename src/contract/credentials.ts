import { createHash } from "node:crypto";
import type { Caller } from "../core/caller.js";
import type { CredentialStore } from "../core/credential.js";
import type { Clock } from "../core/clock.js";
import type { Headers } from "./message.js";

/** How a secret travels in a request. */
export interface CredentialScheme {
  readonly write: (secret: string) => Headers;
  /** The secret of the request in its canonical form; undefined when there is none. */
  readonly read: (headers: Headers) => string | undefined;
}

/** `Authorization: Bearer <secret>`. */
export const bearer: CredentialScheme = {
  write: (secret) => ({ authorization: `Bearer ${secret}` }),
  read: (headers) => /^Bearer +(.*\S)/i.exec(headers["authorization"] ?? "")?.[1],
};

export function sha256(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Off accepts any secret, with all rights. */
export type Authorization = "on" | "off";

/** Everything is allowed. */
export function unlimitedCaller(principal: string): Caller {
  return { principal, scopes: "all", grants: "all" };
}

export interface Authenticator {
  readonly authorization: Authorization;
  /** The caller behind a secret; undefined when unknown or expired. */
  readonly authenticate: (secret: string) => Promise<Caller | undefined>;
}

/** Secrets are compared by their SHA-256, so the time of a look-up tells nothing about them. */
export function createAuthenticator(options: {
  readonly provider: string;
  readonly authorization: Authorization;
  readonly credentials: CredentialStore;
  readonly clock: Clock;
}): Authenticator {
  const { provider, authorization, credentials, clock } = options;
  return {
    authorization,
    authenticate: (secret) =>
      authorization === "off" ? Promise.resolve(unlimitedCaller("anyone")) : credentials.findCaller(provider, sha256(secret), clock.now()),
  };
}
