import type { ServerResponse } from "node:http";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { parseJsonInSlices } from "../../json/large/parse-large.js";
import type { BodyBudget } from "./body-budget.js";
import { EncodedBodyError } from "./encoded-body-error.js";
import { receiveBytes } from "./received-body.js";

declare module "fastify" {
  interface FastifyRequest {
    /** The bytes received as the body; undefined when there was none. */
    bodyBytes: number | undefined;
    /** The response that the share of the body lasts for. */
    rawResponse: ServerResponse | undefined;
  }
}

export class BodyTooLargeError extends Error {
  constructor(maxBytes: number) {
    super(`the body is larger than ${maxBytes} bytes`);
    this.name = "BodyTooLargeError";
  }
}

/** Accepts JSON only, with the parser of this program: big integers keep their digits, `__proto__` is a plain key. */
export function readJsonBodies(server: FastifyInstance, budget: BodyBudget): void {
  server.decorateRequest("bodyBytes").decorateRequest("rawResponse");
  server.addHook("preParsing", (request, reply, _payload, done) => {
    request.rawResponse = reply.raw;
    done();
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", async (request: FastifyRequest): Promise<unknown> => {
    const { raw, headers, routeOptions, rawResponse: response } = request;
    const maxBytes = routeOptions.bodyLimit;
    if (Number(headers["content-length"]) > maxBytes) throw new BodyTooLargeError(maxBytes);
    if (response === undefined) throw new Error("a body is parsed before the hook has seen its request");
    const received = await receiveBytes(raw, {
      openShare: (discard) => budget.open(response, discard),
      maxBytes,
      leaveTooLarge: true,
    });
    if (received.kind === "too-large") throw new BodyTooLargeError(maxBytes);
    const { bytes } = received;
    request.bodyBytes = bytes.byteLength;
    const { "content-encoding": encoding = "identity" } = headers;
    if (encoding !== "identity") throw new EncodedBodyError(encoding);
    return bytes.byteLength === 0 ? undefined : parseJsonInSlices(bytes);
  });
}
