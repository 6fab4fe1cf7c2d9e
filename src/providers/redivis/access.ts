import { z } from "zod";
import { editScope } from "./dialect.js";
import { spaceName } from "./dataset/dataset.js";
import { principalOf } from "../../contract/credentials.js";
import { hasScope, type ProviderCaller } from "../../core/access/caller.js";
import type { SpaceFilter, SpacePattern } from "../../core/access/visibility.js";
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
  spaces: { describe: seenDatasets, "read-records": seenDatasets, create: editedDatasets, delete: editedDatasets },
});

/** The datasets of the owners that the caller may edit for. */
function ownedDatasets({ grants }: ProviderCaller): SpaceFilter {
  return grants === "all"
    ? "all"
    : grants.map((owner): SpacePattern => ({ namePrefix: spaceName(owner.toLowerCase(), "") }));
}

function editedDatasets(caller: ProviderCaller): SpaceFilter {
  return hasScope(caller, editScope) ? ownedDatasets(caller) : [];
}

/** Public datasets are visible to every token. */
function seenDatasets(caller: ProviderCaller): SpaceFilter {
  const owned = ownedDatasets(caller);
  return owned === "all" ? owned : [...owned, { member: "visibility", value: "public" }];
}
