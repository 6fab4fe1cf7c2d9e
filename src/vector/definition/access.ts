import { z } from "zod";
import { principalOf } from "../../contract/credentials.js";
import { hasGrant } from "../../core/caller.js";
import { defineAccess, type AccessKind } from "../../contract/provider.js";

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

/** Users with a password, and API keys. @param spaces where the contracts let such a caller act */
export function createVectorAccess(spaces: AccessKind["spaces"]): AccessKind {
  return defineAccess({
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
      ...Object.entries(tokens).map(([secret, granted]) => ({
        secret,
        caller: toCaller(principalOf(secret), granted),
      })),
    ],
    spaces,
    // The server's own interface creates databases, which need every privilege here.
    mayChangeSpace: (caller, database) => caller.scopes === "all" && hasGrant(caller, database),
  });
}

function toCaller(principal: string, { privileges, databases }: Rights) {
  // The server's messages prefix the name of a privilege with `Privilege`.
  return {
    principal,
    scopes: privileges?.map((privilege) => privilege.replace(/^Privilege/, "")) ?? ("all" as const),
    grants: databases ?? ("all" as const),
  };
}
