import type { FastifyInstance, FastifyRequest } from "fastify";
import { parseJsonBytes } from "../json/parse.js";

const sizes = new WeakMap<FastifyRequest, number>();

/** The bytes received as the body; undefined when there was none. */
export function bodyBytes(request: FastifyRequest): number | undefined {
  return sizes.get(request);
}

/** Compressed bodies are refused: a small one could expand beyond every limit. */
export class EncodedBodyError extends Error {
  constructor(encoding: string) {
    super(`the content encoding ${JSON.stringify(encoding)} is not supported: send the body without encoding`);
    this.name = "EncodedBodyError";
  }
}

/** Accepts JSON only, with the parser of this program: big integers keep their digits, `__proto__` is a plain key. */
export function readJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, (request, bytes, done) => {
    sizes.set(request, bytes.byteLength);
    const { "content-encoding": encoding = "identity" } = request.headers;
    try {
      if (encoding !== "identity") throw new EncodedBodyError(encoding);
      done(null, bytes.byteLength === 0 ? undefined : parseJsonBytes(bytes));
    } catch (error) {
      done(error instanceof Error ? error : new Error("the body could not be read", { cause: error }));
    }
  });
}
