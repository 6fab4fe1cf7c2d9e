import type { ProviderCaller } from "../../core/caller.js";
import type { Clock } from "../../core/clock.js";
import { unlimitedCaller, type Authorization } from "../credentials.js";
import type { ProviderCredentials } from "../provider-store.js";

export interface Authenticator {
  readonly authorization: Authorization;
  /** The caller behind a secret; undefined when unknown or expired. */
  readonly authenticate: (secret: string) => Promise<ProviderCaller | undefined>;
}

/** Looks secrets up by their SHA-256, so that the duration of a look-up does not reveal anything about them. */
export function createAuthenticator(options: {
  readonly authorization: Authorization;
  readonly credentials: ProviderCredentials;
  readonly clock: Clock;
}): Authenticator {
  const { authorization, credentials, clock } = options;
  return {
    authorization,
    authenticate: (secret) =>
      authorization === "off"
        ? Promise.resolve(unlimitedCaller("anyone"))
        : credentials.findCaller(secret, clock.now()),
  };
}
