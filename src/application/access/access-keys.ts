import type { AccessKey, AccessKeyStore } from "../../core/access/access-key.js";
import type { Clock } from "../../core/clock.js";
import { createKeySecret } from "./key-secret.js";
import { isUnprintable, KeyRequestError, parseExpiry, parseKeyScope } from "./key-scopes.js";

/** A request for a key in the terms of the command line. */
export interface KeyRequest {
  readonly name: string;
  /** Empty: everything embedded, which `everything` must confirm. */
  readonly scopes: readonly string[];
  readonly everything?: boolean;
  readonly expires?: string;
  /** Create the key only if there is none yet, also no revoked one. */
  readonly onlyFirst?: boolean;
}

export interface CreatedKey {
  readonly key: AccessKey;
  /** Shown once: the store keeps its SHA-256 only. */
  readonly secret: string;
}

export interface AccessKeys {
  /** Undefined when only a first key is wanted and there is one. @throws KeyRequestError */
  create(request: KeyRequest): Promise<CreatedKey | undefined>;
  list(): Promise<readonly AccessKey[]>;
  /** False for an unknown id. Every process refuses the key within seconds. */
  revoke(id: string): Promise<boolean>;
}

const maxNameLength = 100;
const maxScopes = 100;

export function createAccessKeys({
  store,
  providers,
  clock,
}: {
  readonly store: AccessKeyStore;
  readonly providers: readonly string[];
  readonly clock: Clock;
}): AccessKeys {
  return {
    create: async ({ name, scopes, everything = false, expires, onlyFirst = false }) => {
      if (name === "" || name.length > maxNameLength)
        throw new KeyRequestError(`the name of a key has 1 to ${maxNameLength} characters`);
      if (isUnprintable(name)) throw new KeyRequestError("the name of a key must not have control characters");
      if (scopes.length > maxScopes) throw new KeyRequestError(`a key has at most ${maxScopes} scopes`);
      if ((scopes.length === 0) !== everything)
        throw new KeyRequestError("give --scope, once or several times, or --all for everything embedded; not both");
      const opened = everything ? [{}] : scopes.map((scope) => parseKeyScope(scope, providers));
      const expiresAt = expires === undefined ? undefined : parseExpiry(expires, clock.now());
      const secret = createKeySecret();
      const wanted = { name, secret, scopes: opened, expiresAt };
      const key = await (onlyFirst ? store.createFirstKey(wanted) : store.createKey(wanted));
      return key && { key, secret };
    },
    list: () => store.listKeys(),
    revoke: (id) => store.revokeKey(id),
  };
}
