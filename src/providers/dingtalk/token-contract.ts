import { z } from "zod";
import { defineContract } from "../../contract/contract.js";
import { dialect } from "./dialect.js";
import { failures, missingRow } from "./failures.js";
import { bodyCheck } from "./gateway.js";

const mandatory = ["appKey", "appSecret"];

const reply = z.object({ accessToken: z.string(), expireIn: z.number() });

export const createAccessToken = defineContract({
  name: "access-token",
  summary: "Answers the access token of an app and the seconds that it is still good for.",
  source: "DingTalk OAuth2 v1, access token of an internal app",
  method: "POST",
  path: "/v1.0/oauth2/accessToken",
  dialect,
  body: z.object({ appKey: z.string(), appSecret: z.string() }),
  reply,
  status: 200,
  succeeded: ({ body }) => reply.safeParse(body).success,
  idempotent: true,
  limits: [],
  // Who is asking stands in the body, so calls are not counted.
  checks: [{ check: "address", failure: "address-not-allowed" }, bodyCheck(mandatory)],
  failures: [...failures, ...mandatory.map(missingRow)],
});
