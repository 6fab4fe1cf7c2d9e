import type { Log } from "../core/log.js";
import type { KeyRates, RateLimits } from "../core/access/rate-limit.js";
import type { Config } from "./settings/config.js";

/** The limits of keys that the configuration sets. */
export function openKeyRates(
  config: Pick<Config, "AUTHORIZATION" | "KEY_REQUESTS_PER_SECOND" | "KEY_RECORDS_PER_SECOND">,
  { rates, log }: { readonly rates: RateLimits; readonly log: Log },
): KeyRates {
  const { AUTHORIZATION: authorization } = config;
  const open = (name: string, perSecond: number | undefined) =>
    perSecond === undefined ? undefined : rates.open({ name, perSecond });
  const requests = open("requests", config.KEY_REQUESTS_PER_SECOND);
  const records = open("records", config.KEY_RECORDS_PER_SECOND);
  if (authorization === "off" && (requests ?? records) !== undefined)
    log.warn({}, "KEY_REQUESTS_PER_SECOND and KEY_RECORDS_PER_SECOND limit nothing while AUTHORIZATION is off");
  return { requests, records };
}
