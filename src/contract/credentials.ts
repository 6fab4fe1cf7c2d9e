import type { Caller } from "../core/caller.js";
import { sha256 } from "../core/sha256.js";
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

/** Stands for whoever holds a secret that has no name of its own. */
export function principalOf(secret: string): string {
  return `holder-of-${sha256(secret).slice(0, 12)}`;
}

/** Off accepts any secret, with all rights. */
export type Authorization = "on" | "off";

/** Everything is allowed. */
export function unlimitedCaller(principal: string): Caller {
  return { principal, scopes: "all", grants: "all" };
}

/** Nothing is allowed: what a caller is as long as no check has found out who it is. */
export const powerlessCaller: Caller = { principal: "anyone", scopes: [], grants: [] };
