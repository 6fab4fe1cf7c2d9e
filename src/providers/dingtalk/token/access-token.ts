import { createHmac } from "node:crypto";
import { z } from "zod";
import { unlimitedCaller } from "../../../contract/credentials.js";
import type { ServiceCall, ServiceReply } from "../../../contract/service.js";
import type { ProviderCaller } from "../../../core/access/caller.js";
import { sha256 } from "../../../core/sha256.js";
import { appCredential } from "./access.js";
import { dingtalkFailures } from "../failures.js";
import { succeed, type Context } from "../service-context.js";

interface AppCredentials {
  readonly appKey: string;
  readonly appSecret: string;
}

const secondMs = 1000;
const validMs = 7200 * secondMs;

const scopeList = z.union([z.literal("all"), z.array(z.string())]);
/** The rights of the app at the time its token was created: a later grant takes effect in the next token. */
const tokenRights = z.object({ scopes: scopeList, grants: scopeList });

/** An app has one token at a time; a call before the token expires answers the same one. */
export async function createAccessToken(
  { store, clock, authorization }: Context,
  { body: app }: ServiceCall<AppCredentials>,
): Promise<ServiceReply> {
  const { credentials, claims } = store;
  const now = clock.now();
  const isOpen = authorization === "off";
  const { scopes, grants } = isOpen ? unlimitedCaller(app.appKey) : await authenticate(credentials, app, now);
  const claim = await claims.takeClaim({
    // A separate scope: a token given out without a check of the secret must not be valid once authorization is on.
    scope: isOpen ? "open-access-token" : "access-token",
    key: sha256(app.appKey),
    result: { scopes, grants },
    expiresAt: new Date(now.getTime() + validMs),
  });
  const { expiresAt } = claim;
  const token = computeToken(app, expiresAt);
  if (!isOpen) {
    const caller: ProviderCaller = { principal: app.appKey, ...tokenRights.parse(claim.result) };
    await credentials.saveCredential({ caller, secret: token, expiresAt });
  }
  return succeed({ accessToken: token, expireIn: Math.ceil((expiresAt.getTime() - now.getTime()) / secondMs) });
}

async function authenticate(
  credentials: Context["store"]["credentials"],
  { appKey, appSecret }: AppCredentials,
  now: Date,
): Promise<ProviderCaller> {
  const caller = await credentials.findCaller(appCredential(appKey, appSecret), now);
  // A line break in both key and secret could form the credential of another app.
  if (caller?.principal !== appKey) throw dingtalkFailures.refuse("client-invalid");
  return caller;
}

/** Derived from the secret that only the app has, so the store does not keep the token. */
function computeToken({ appKey, appSecret }: AppCredentials, expiresAt: Date): string {
  return createHmac("sha256", appSecret).update(`${appKey}\n${expiresAt.getTime()}`).digest("hex").slice(0, 32);
}
