import { z } from "zod";
import { defineContract } from "../../../contract/define-contract.js";
import { extendFailures } from "../../../contract/failures/failure-table.js";
import { dingtalkDialect } from "../dialect.js";
import { dingtalkFailures, missingRow, missingSource } from "../failures.js";
import { bodyCheck } from "../platform-checks.js";

const mandatory = ["appKey", "appSecret"] as const;

const reply = z.object({ accessToken: z.string(), expireIn: z.number() });

export const createAccessTokenContract = defineContract({
  name: "access-token",
  keyOperation: "read",
  summary: "Answers the access token of an app and the seconds until it expires.",
  source: "DingTalk OAuth2 v1, access token of an internal app",
  method: "POST",
  path: "/v1.0/oauth2/accessToken",
  dialect: dingtalkDialect,
  body: z.object({ appKey: z.string(), appSecret: z.string() }),
  reply,
  status: 200,
  succeeded: ({ body }) => reply.safeParse(body).success,
  idempotent: true,
  limits: [],
  // The body carries the app's key and secret, so there is no caller before the service has checked them, and calls are
  // not counted.
  public: true,
  checks: [{ check: "address", failure: "address-not-allowed" }, bodyCheck(mandatory)],
  failures: extendFailures(dingtalkFailures, { source: missingSource, rows: mandatory.map(missingRow) }),
});
