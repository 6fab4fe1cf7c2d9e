import { z } from "zod";
import { principalOf } from "../../contract/credentials.js";
import { defineAccess } from "../../contract/provider.js";

const privilegeMembers = {
  privileges: z.array(z.string()).optional().describe("What may be done, e.g. `Insert`, as the server names it. Default: everything."),
  databases: z.array(z.string()).optional().describe("Where. Default: everywhere."),
};

interface Rights {
  readonly privileges?: readonly string[] | undefined;
  readonly databases?: readonly string[] | undefined;
}

/** Users with a password, and API keys. */
export const vectorAccess = defineAccess({
  members: z.object({
    users: z
      .array(z.strictObject({ name: z.string().min(1).regex(/^[^:]+$/, "must not contain a colon"), password: z.string().min(1), ...privilegeMembers }))
      .default([])
      .describe("Who may call, each with a password."),
    tokens: z.record(z.string().min(1), z.strictObject(privilegeMembers)).default({}).describe("API keys and what each may do."),
  }),
  toCredentials: ({ users, tokens }) => [
    ...users.map(({ name, password, ...granted }) => ({ secret: `${name}:${password}`, caller: toCaller(name, granted), replacesOlder: true as const })),
    ...Object.entries(tokens).map(([secret, granted]) => ({ secret, caller: toCaller(principalOf(secret), granted) })),
  ],
});

function toCaller(principal: string, { privileges, databases }: Rights) {
  // The server's own messages name a privilege with its kind in front.
  return { principal, scopes: privileges?.map((privilege) => privilege.replace(/^Privilege/, "")) ?? ("all" as const), grants: databases ?? ("all" as const) };
}
