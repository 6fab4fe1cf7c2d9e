import type { Caller } from "../../core/caller.js";
import type { Clock } from "../../core/clock.js";
import { unlimitedCaller, type Authorization } from "../credentials.js";
import type { ProviderCredentials } from "../provider-store.js";

export interface Authenticator {
  readonly authorization: Authorization;
  /** The caller behind a secret; undefined when unknown or expired. */
  readonly authenticate: (secret: string) => Promise<Caller | undefined>;
}

/** Secrets are looked up by their SHA-256, so the time it takes tells nothing about them. */
export function createAuthenticator(options: {
  readonly authorization: Authorization;
  readonly credentials: ProviderCredentials;
  readonly clock: Clock;
}): Authenticator {
  const { authorization, credentials, clock } = options;
  return {
    authorization,
    authenticate: (secret) =>
      authorization === "off" ? Promise.resolve(unlimitedCaller("anyone")) : credentials.findCaller(secret, clock.now()),
  };
}
