import type { Caller } from "../core/caller.js";
import { sha256 } from "../core/sha256.js";
import type { Headers } from "./message.js";

/** The place and form of a secret in a request. */
export interface CredentialScheme {
  readonly write: (secret: string) => Headers;
  /** The secret of the request in its canonical form; undefined for a request without one. */
  readonly read: (headers: Headers) => string | undefined;
}

/** `Authorization: Bearer <secret>`. */
export const bearer: CredentialScheme = {
  write: (secret) => ({ authorization: `Bearer ${secret}` }),
  read: (headers) => {
    const { authorization = "" } = headers;
    if (!/^Bearer /i.test(authorization)) return undefined;
    return authorization.slice("Bearer ".length).trim() || undefined;
  },
};

/** The principal of a secret that does not have a name. */
export function principalOf(secret: string): string {
  return `holder-of-${sha256(secret).slice(0, 12)}`;
}

/** `off` accepts any secret, with all rights. */
export type Authorization = "on" | "off";

/** A caller with all rights. */
export function unlimitedCaller(principal: string): Caller {
  return { principal, scopes: "all", grants: "all" };
}

/** A caller without rights: the caller of a request before its caller check. */
export const powerlessCaller: Caller = { principal: "anyone", scopes: [], grants: [] };
