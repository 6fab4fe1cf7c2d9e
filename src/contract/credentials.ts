import { hasScope, type ProviderCaller } from "../core/access/caller.js";
import type { SpaceFilter } from "../core/access/visibility.js";
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
  read: (headers) => readBearer(headers["authorization"]),
};

/** The secret of an `Authorization` header. */
export function readBearer(header = ""): string | undefined {
  return /^Bearer /i.test(header) ? header.slice("Bearer ".length).trim() || undefined : undefined;
}

/** The principal of a secret that does not have a name. */
export function principalOf(secret: string): string {
  return `holder-of-${sha256(secret).slice(0, 12)}`;
}

/** `off` accepts any secret, with all rights. */
export type Authorization = "on" | "off";

/** A caller with all rights. */
export function unlimitedCaller(principal: string): ProviderCaller {
  return { principal, scopes: "all", grants: "all" };
}

/** The spaces that a caller's grants name. */
export function grantedSpaces({ grants }: ProviderCaller): SpaceFilter {
  return grants === "all" ? "all" : grants.map((name) => ({ name }));
}

/** The spaces that the caller's grants name, for a caller with the scope. */
export function grantedWith(scope: string): (caller: ProviderCaller) => SpaceFilter {
  return (caller) => (hasScope(caller, scope) ? grantedSpaces(caller) : []);
}

/** Nowhere: the provider does not have such an endpoint for its own credentials. */
export const nowhere = (): SpaceFilter => [];

/** A caller without rights: the caller of a request before its caller check. */
export const powerlessCaller: ProviderCaller = { principal: "anyone", scopes: [], grants: [] };
