import { z } from "zod";
import type { AccessKeys, CreatedKey } from "../application/access/access-keys.js";
import { KeyRequestError } from "../application/access/key-scopes.js";
import { operatorHeader, operatorPaths } from "../application/access/operator-paths.js";
import { keyOperations } from "../core/access/caller.js";
import { OperatorError } from "../core/operator-error.js";
import type { OperatorAccess } from "./operator-file.js";

const moment = z.iso.datetime().transform((text) => new Date(text));
const accessKey = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(
    z.object({
      provider: z.string().optional(),
      upstream: z.string().optional(),
      operation: z.enum(keyOperations).optional(),
      space: z.string().optional(),
    }),
  ),
  createdAt: moment,
  expiresAt: moment.optional(),
  revokedAt: moment.optional(),
});
const created = z.object({ created: z.object({ key: accessKey, secret: z.string() }).optional() });
const listed = z.object({ keys: z.array(accessKey) });
const revoked = z.object({ revoked: z.boolean() });
const refused = z.object({ errors: z.array(z.object({ message: z.string() })) });

const operatorPatienceMs = 10_000;

class OperatorCallError extends OperatorError {
  override readonly name = "OperatorCallError";
}

/** The keys of a running program. Undefined when that program does not answer there. */
export async function connectAccessKeys({ url, secret }: OperatorAccess): Promise<AccessKeys | undefined> {
  const call = async <Reply extends z.ZodType>(
    path: string,
    schema: Reply,
    body?: object,
  ): Promise<z.output<Reply>> => {
    const response = await fetch(url + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json", [operatorHeader]: secret },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (response.ok) return schema.parse(answer);
    const message = refused.safeParse(answer).data?.errors[0]?.message ?? `status ${response.status}`;
    throw response.status === 400 ? new KeyRequestError(message) : new OperatorCallError(message);
  };
  // A program that was killed leaves its file behind: nothing listens there, or another program.
  if (!(await isProgram(url, secret))) return undefined;
  return {
    create: async (request): Promise<CreatedKey | undefined> =>
      (await call(operatorPaths.keys, created, request)).created,
    list: async () => (await call(operatorPaths.keys, listed)).keys,
    revoke: async (id) => (await call(operatorPaths.revocation, revoked, { id })).revoked,
  };
}

async function isProgram(url: string, secret: string): Promise<boolean> {
  try {
    const response = await fetch(url + operatorPaths.keys, {
      headers: { [operatorHeader]: secret },
      signal: AbortSignal.timeout(operatorPatienceMs),
    });
    return response.ok && listed.safeParse(await response.json()).success;
  } catch {
    return false;
  }
}
