import { z } from "zod";
import { grantedWith, nowhere, principalOf } from "../../../contract/credentials.js";
import { defineAccess } from "../../../contract/provider.js";
import { readScope, writeScope } from "../dialect.js";

const scopeNames = z
  .array(z.string())
  .default([readScope, writeScope])
  .describe("Permissions of the app. Default: to read and to write bases.");

/** Access tokens that exist from the start, and apps that may request one. */
export const dingtalkAccess = defineAccess({
  members: z.object({
    tokens: z
      .record(z.string().min(1), z.strictObject({ scopes: scopeNames }))
      .default({})
      .describe("Access tokens, each with its permissions; they do not expire."),
    apps: z
      .array(z.strictObject({ appKey: z.string().min(1), appSecret: z.string().min(1), scopes: scopeNames }))
      .default([])
      .describe("Apps that may ask for an access token."),
  }),
  toCredentials: ({ tokens, apps }) => [
    ...Object.entries(tokens).map(([secret, { scopes: allowed }]) => ({
      secret,
      caller: { principal: principalOf(secret), scopes: allowed, grants: "all" as const },
    })),
    ...apps.map(({ appKey, appSecret, scopes: allowed }) => ({
      secret: appCredential(appKey, appSecret),
      caller: { principal: appKey, scopes: allowed, grants: "all" as const },
      replacesOlder: true as const,
    })),
  ],
  spaces: {
    describe: grantedWith(readScope),
    "read-records": grantedWith(readScope),
    create: grantedWith(writeScope),
    delete: nowhere,
  },
});

/** Contains a line break, which a header cannot hold, so the pair is never accepted as an access token. */
export function appCredential(appKey: string, appSecret: string): string {
  return `${appKey}\n${appSecret}`;
}
