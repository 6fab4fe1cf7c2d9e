import type { ProviderCaller } from "../../core/access/caller.js";
import type { Authorization } from "../credentials.js";

/** Tells the router of a provider who calls. */
export interface Authenticator {
  readonly authorization: Authorization;
  /** The caller behind a secret; undefined when it is refused. */
  readonly authenticate: (secret: string, address: string | undefined) => Promise<ProviderCaller | undefined>;
}
