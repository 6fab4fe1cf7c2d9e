import type { CredentialScheme } from "../../contract/credentials.js";
import type { AccessKeyStore } from "../../core/access/access-key.js";
import type { Caller, ProviderCaller } from "../../core/access/caller.js";
import type { Clock } from "../../core/clock.js";
import type { CredentialStore } from "../../core/access/credential.js";
import { RecentMap } from "../../core/recent-map.js";
import { sha256 } from "../../core/sha256.js";
import { hasKeyForm } from "./key-secret.js";
import { keyAsProviderCaller } from "./policy.js";
import type { RefusedCredential, RefusedCredentials } from "./refused-credentials.js";

/** A revoked key is accepted for this long at most, in every process. */
const keyCacheMs = 3000;
const maxCachedKeys = 10_000;

type KeyCaller = Extract<Caller, { readonly kind: "key" }>;

interface CachedKey {
  readonly caller: KeyCaller;
  readonly validUntil: number;
}

/** Finds the caller behind a secret. A refused secret is logged and counted; undefined means refused. */
export interface Authentication {
  /** The caller of a request that names no provider: of GraphQL. */
  readonly identify: (secret: string, address: string | undefined) => Promise<Caller | undefined>;
  /** The caller of a provider's face. */
  readonly identifyFor: (
    provider: string,
    secret: string,
    address: string | undefined,
  ) => Promise<ProviderCaller | undefined>;
}

export interface AuthenticationOptions {
  readonly keys: Pick<AccessKeyStore, "findKey">;
  readonly credentials: Pick<CredentialStore, "findCaller" | "findCallers">;
  /** How the embedded providers write and read their credentials. */
  readonly schemes: ReadonlyMap<string, CredentialScheme>;
  readonly clock: Clock;
  readonly refused: RefusedCredentials;
}

export function createAuthentication({
  keys,
  credentials,
  schemes,
  clock,
  refused,
}: AuthenticationOptions): Authentication {
  const cached = new RecentMap<CachedKey>(maxCachedKeys);

  async function findKey(secret: string): Promise<KeyCaller | undefined> {
    if (!hasKeyForm(secret)) return undefined;
    const now = clock.now();
    const hash = sha256(secret);
    const known = cached.get(hash);
    if (known !== undefined && known.validUntil > now.getTime()) return known.caller;
    cached.delete(hash);
    const key = await keys.findKey(secret, now);
    if (key === undefined) return undefined;
    const { id, name, scopes, expiresAt } = key;
    const caller = { kind: "key", id, principal: name, scopes } as const;
    const validUntil = Math.min(now.getTime() + keyCacheMs, expiresAt?.getTime() ?? Infinity);
    cached.set(hash, { caller, validUntil });
    return caller;
  }

  async function findCredential(secret: string): Promise<Caller | undefined> {
    const secrets = [...schemes].flatMap(([provider, scheme]): [string, string][] => {
      const form = toCanonical(scheme, secret);
      return form === undefined ? [] : [[provider, form]];
    });
    const callers = await credentials.findCallers(new Map(secrets), clock.now());
    return callers.size === 0 ? undefined : { kind: "credential", callers };
  }

  /**
   * A key cannot be guessed, so it is looked up even for a blocked address: a proxy has one address for all its clients.
   */
  async function findOrRefuse<Found>(
    given: RefusedCredential,
    { byKey, byCredential }: { byKey: (key: KeyCaller) => Found; byCredential: () => Promise<Found | undefined> },
  ): Promise<Found | undefined> {
    const key = await findKey(given.secret);
    if (key !== undefined) return byKey(key);
    if (await refused.isBlocked(given.address)) return undefined;
    const found = await byCredential();
    if (found === undefined) await refused.note(given);
    return found;
  }

  return {
    identify: (secret, address) =>
      findOrRefuse<Caller>(
        { secret, address, face: "graphql" },
        { byKey: (key) => key, byCredential: () => findCredential(secret) },
      ),
    identifyFor: (provider, secret, address) =>
      findOrRefuse<ProviderCaller | undefined>(
        { secret, address, face: provider },
        {
          byKey: (key) => ({ ...keyAsProviderCaller(key, provider), rateKey: key.id }),
          byCredential: () => credentials.findCaller(provider, secret, clock.now()),
        },
      ),
  };
}

/** The form in which the provider's face reads a secret that a client sends in the provider's own way. */
function toCanonical({ read, write }: CredentialScheme, secret: string): string | undefined {
  return read(write(secret));
}
