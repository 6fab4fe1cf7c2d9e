import { z } from "zod";
import { grantedWith, principalOf } from "../../contract/credentials.js";
import { hasGrant } from "../../core/access/caller.js";
import { defaultDatabase } from "./definition.js";
import type { Privilege } from "./privileges.js";
import { defineAccess } from "../../contract/provider.js";

const privilegeMembers = {
  privileges: z
    .array(z.string())
    .optional()
    .describe("The permitted operations by the server's names, e.g. `Insert`. Default: all."),
  databases: z.array(z.string()).optional().describe("The databases in which they are permitted. Default: all."),
};

interface Rights {
  readonly privileges?: readonly string[] | undefined;
  readonly databases?: readonly string[] | undefined;
}

/** Users with a password, and API keys. */
export const vectorAccess = defineAccess({
  members: z.object({
    users: z
      .array(
        z.strictObject({
          name: z
            .string()
            .min(1)
            .regex(/^[^:]+$/, "must not contain a colon"),
          password: z.string().min(1),
          ...privilegeMembers,
        }),
      )
      .default([])
      .describe("Users with access, each with a password."),
    tokens: z
      .record(z.string().min(1), z.strictObject(privilegeMembers))
      .default({})
      .describe("API keys with their permissions."),
  }),
  toCredentials: ({ users, tokens }) => [
    ...users.map(({ name, password, ...granted }) => ({
      secret: `${name}:${password}`,
      caller: toCaller(name, granted),
      replacesOlder: true as const,
    })),
    ...Object.entries(tokens).map(([secret, granted]) => ({ secret, caller: toCaller(principalOf(secret), granted) })),
  ],
  spaces: {
    describe: within("DescribeCollection"),
    "read-records": within("Query"),
    create: within("CreateCollection"),
    delete: within("DropCollection"),
  },
  // The server's own interface creates databases, which need every privilege here; the default one always exists.
  mayChangeSpace: (caller, database) =>
    hasGrant(caller, database) && (caller.scopes === "all" || database === defaultDatabase),
});

function within(privilege: Privilege) {
  return grantedWith(privilege);
}

function toCaller(principal: string, { privileges, databases }: Rights) {
  // The server's messages prefix the name of a privilege with `Privilege`.
  return {
    principal,
    scopes: privileges?.map((privilege) => privilege.replace(/^Privilege/, "")) ?? ("all" as const),
    grants: databases ?? ("all" as const),
  };
}
