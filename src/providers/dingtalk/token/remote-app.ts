import { z } from "zod";
import type { RemoteKind } from "../../../contract/provider.js";
import { ConfigError } from "../../../core/operator-error.js";
import { createTokenSource } from "./token-source.js";

const remoteSettings = z.object({
  APP_KEY: z.string().min(1).optional().describe("Key of the internal app whose access token the calls carry."),
  APP_SECRET: z.string().min(1).optional().describe("Secret of that app."),
});

/** An app gets its access tokens itself; without an app the configured token is the only one. */
export const dingtalkRemote: RemoteKind = {
  settings: remoteSettings,
  createCredentials: (context) => {
    const { APP_KEY: appKey, APP_SECRET: appSecret } = remoteSettings.parse(context.settings);
    if (appKey === undefined && appSecret === undefined) return undefined;
    if (appKey === undefined || appSecret === undefined)
      throw new ConfigError(["DINGTALK_APP_KEY and DINGTALK_APP_SECRET belong together: one of them is not set"]);
    return createTokenSource({ appKey, appSecret }, context);
  },
};
