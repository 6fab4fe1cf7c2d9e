import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance, onRequestHookHandler } from "fastify";
import { z } from "zod";
import type { AccessKeys } from "../application/access/access-keys.js";
import { KeyRequestError } from "../application/access/key-scopes.js";
import { operatorHeader, operatorPaths } from "../application/access/operator-paths.js";
import { sha256 } from "../core/sha256.js";
import { sendErrorReply } from "./error-reply.js";

export interface OperatorRoutes {
  /** Every call carries it. */
  readonly secret: string;
  readonly keys: AccessKeys;
}

const keyRequest = z.strictObject({
  name: z.string(),
  scopes: z.array(z.string()),
  everything: z.boolean().optional(),
  expires: z.string().optional(),
  onlyFirst: z.boolean().optional(),
});
const revocation = z.strictObject({ id: z.string() });

/** A key has at most a hundred scopes. */
const maxRequestBytes = 65_536;

/** Serves the management of keys for the holder of the secret. */
export function serveOperator(server: FastifyInstance, { secret, keys }: OperatorRoutes): void {
  // Before the body is read.
  const onRequest = requireSecret(secret);
  server.get(operatorPaths.keys, { onRequest }, async () => ({ keys: await keys.list() }));
  server.post(operatorPaths.keys, { onRequest, bodyLimit: maxRequestBytes }, async ({ body }, reply) => {
    const request = keyRequest.safeParse(body);
    if (!request.success)
      return sendErrorReply(reply, { status: 400, code: "BAD_REQUEST", message: z.prettifyError(request.error) });
    try {
      return { created: await keys.create(request.data) };
    } catch (error) {
      if (!(error instanceof KeyRequestError)) throw error;
      return sendErrorReply(reply, { status: 400, code: "BAD_REQUEST", message: error.message });
    }
  });
  server.post(operatorPaths.revocation, { onRequest, bodyLimit: maxRequestBytes }, async ({ body }, reply) => {
    const request = revocation.safeParse(body);
    if (!request.success)
      return sendErrorReply(reply, { status: 400, code: "BAD_REQUEST", message: z.prettifyError(request.error) });
    return { revoked: await keys.revoke(request.data.id) };
  });
}

/** Compares digests, so that the duration does not reveal anything about the secret. */
function requireSecret(secret: string): onRequestHookHandler {
  const expected = Buffer.from(sha256(secret));
  return ({ headers: { [operatorHeader]: given } }, reply, done) => {
    if (typeof given === "string" && timingSafeEqual(Buffer.from(sha256(given)), expected)) done();
    else
      void sendErrorReply(reply, {
        status: 401,
        code: "UNAUTHENTICATED",
        message: "the operator's secret is missing or wrong",
      });
  };
}
