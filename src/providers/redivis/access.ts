import { z } from "zod";
import { principalOf } from "../../contract/credentials.js";
import { defineAccess } from "../../contract/provider.js";

const tokenRightsMember = z.strictObject({
  scope: z.array(z.string()).describe("The scopes of the token, e.g. `data.edit`."),
  canEdit: z
    .array(z.string())
    .default([])
    .describe("Owners whose datasets the bearer may edit, and see when they are private."),
});

export const redivisAccess = defineAccess({
  members: z.object({
    tokens: z.record(z.string().min(1), tokenRightsMember).default({}).describe("API tokens, each with its rights."),
  }),
  toCredentials: ({ tokens }) =>
    Object.entries(tokens).map(([secret, { scope, canEdit }]) => ({
      secret,
      caller: { principal: principalOf(secret), scopes: scope, grants: canEdit },
    })),
});
