import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { JsonSyntaxError } from "../json/parse.js";
import type { IdSource } from "../core/clock.js";
import type { Log } from "../core/log.js";
import { clientRequestIdHeader, createRequestId, requestIdHeader } from "../core/request-id.js";
import { TransportError } from "../contract/message.js";
import { OverloadError } from "../core/overload-error.js";
import { toOverloadError, toOwnBody, type OwnError } from "./early-reply.js";
import { EncodedBodyError } from "./load/encoded-body-error.js";
import { BodyTooLargeError } from "./load/json-body.js";

/** Answers a failure before GraphQL in the form of a GraphQL error. */
export function sendErrorReply(reply: FastifyReply, error: OwnError): FastifyReply {
  if (error.requestId !== undefined) void reply.header(requestIdHeader, error.requestId);
  return reply.code(error.status).send(toOwnBody(error));
}

export function createErrorHandler({ ids, log }: { readonly ids: Pick<IdSource, "uuid">; readonly log: Log }) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = toOwnError(error, request);
    const isHidden = problem.status >= 500 && !(error instanceof OverloadError);
    const requestId = isHidden ? createRequestId(ids, request.headers[clientRequestIdHeader]) : undefined;
    if (requestId !== undefined) {
      const { method } = request;
      log.error({ requestId, method, path: pathOfRequest(request), error }, "a request failed unexpectedly");
    }
    // The parser would read the rest of an unread body as the next request.
    if (problem.status === 413) void reply.header("connection", "close");
    // The body was read to its end, so the connection goes on; the framework closes it after every refused body.
    if (error instanceof OverloadError)
      void reply.removeHeader("connection").header("retry-after", error.retryAfterSeconds);
    return sendErrorReply(reply, { ...problem, requestId });
  };
}

function toOwnError(error: FastifyError, request: FastifyRequest): OwnError {
  if (error instanceof JsonSyntaxError)
    return { status: 400, code: "BAD_REQUEST", message: `the body is not JSON: ${error.message}` };
  if (error instanceof EncodedBodyError) return { status: 415, code: "UNSUPPORTED_MEDIA_TYPE", message: error.message };
  if (error instanceof BodyTooLargeError) return { status: 413, code: "PAYLOAD_TOO_LARGE", message: error.message };
  if (error instanceof OverloadError) return toOverloadError(error);
  // The client has gone.
  if (error instanceof TransportError) return { status: 400, code: "BAD_REQUEST", message: error.message };
  if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return wrongMediaType(request);
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return { status, code: "BAD_REQUEST", message: error.message };
  return { status: 500, code: "INTERNAL_SERVER_ERROR", message: "internal error" };
}

function wrongMediaType({ headers }: FastifyRequest): OwnError {
  const given = JSON.stringify(headers["content-type"] ?? "missing");
  return {
    status: 415,
    code: "UNSUPPORTED_MEDIA_TYPE",
    message: `the content type is ${given}; application/json is expected`,
  };
}

export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendErrorReply(reply, {
    status: 404,
    code: "NOT_FOUND",
    message: `nothing is served at ${request.method} ${pathOfRequest(request)}`,
  });
}

/** Without the query, which may hold secrets. */
function pathOfRequest(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? "";
}
