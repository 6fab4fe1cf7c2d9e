import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { JsonSyntaxError } from "../json/parse.js";
import type { IdSource } from "../core/clock.js";
import type { Log } from "../core/log.js";
import { clientRequestIdHeader, createRequestId, requestIdHeader } from "../core/request-id.js";
import { EncodedBodyError } from "./json-body.js";

interface ErrorReply {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Of a request whose answer hides the cause. */
  readonly requestId?: string;
}

/** Answers a failure before GraphQL in the form of a GraphQL error. */
export function sendErrorReply(reply: FastifyReply, { status, code, message, requestId }: ErrorReply): FastifyReply {
  if (requestId !== undefined) void reply.header(requestIdHeader, requestId);
  return reply.code(status).send({ errors: [{ message, extensions: { code, requestId } }] });
}

export function createErrorHandler(options: {
  readonly maxBodyBytes: number;
  readonly ids: Pick<IdSource, "uuid">;
  readonly log: Log;
}) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const problem = toErrorReply(error, { request, maxBodyBytes: options.maxBodyBytes });
    const requestId =
      problem.status < 500 ? undefined : createRequestId(options.ids, request.headers[clientRequestIdHeader]);
    if (requestId !== undefined)
      options.log.error(
        { requestId, method: request.method, path: pathOfRequest(request), error },
        "a request failed unexpectedly",
      );
    // The parser would read the rest of an unread body as the next request.
    if (problem.status === 413) void reply.header("connection", "close");
    return sendErrorReply(reply, { ...problem, requestId });
  };
}

function toErrorReply(
  error: FastifyError,
  { request, maxBodyBytes }: { request: FastifyRequest; maxBodyBytes: number },
): ErrorReply {
  if (error instanceof JsonSyntaxError)
    return { status: 400, code: "BAD_REQUEST", message: `the body is not JSON: ${error.message}` };
  if (error instanceof EncodedBodyError) return { status: 415, code: "UNSUPPORTED_MEDIA_TYPE", message: error.message };
  const known = frameworkErrors[error.code];
  if (known !== undefined) return known({ request, maxBodyBytes, message: error.message });
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return { status, code: "BAD_REQUEST", message: error.message };
  return { status: 500, code: "INTERNAL_SERVER_ERROR", message: "internal error" };
}

type ToErrorReply = (failed: {
  readonly request: FastifyRequest;
  readonly maxBodyBytes: number;
  readonly message: string;
}) => ErrorReply;

const frameworkErrors: Readonly<Record<string, ToErrorReply>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ({ maxBodyBytes }) => ({
    status: 413,
    code: "PAYLOAD_TOO_LARGE",
    message: `the body is larger than ${maxBodyBytes} bytes`,
  }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ({ request }) => ({
    status: 415,
    code: "UNSUPPORTED_MEDIA_TYPE",
    message: `the content type is ${JSON.stringify(request.headers["content-type"] ?? "missing")}; application/json is expected`,
  }),
  /** The URL consists of the Host header and the path; the path alone was valid. */
  ERR_INVALID_URL: () => ({ status: 400, code: "BAD_REQUEST", message: "the Host header is not a host" }),
};

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
