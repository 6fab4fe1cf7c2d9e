import type { FastifyInstance, FastifyRequest } from "fastify";
import { parseJsonBytes } from "../contract/json.js";

const sizes = new WeakMap<FastifyRequest, number>();

/** The bytes received as the body; undefined when there was none. */
export function bodyBytes(request: FastifyRequest): number | undefined {
  return sizes.get(request);
}

/** JSON is the only content, and it is read as everywhere in this program: big integers keep their digits, `__proto__` is a plain key. */
export function readJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, (request, bytes, done) => {
    sizes.set(request, bytes.byteLength);
    try {
      done(null, bytes.byteLength === 0 ? undefined : parseJsonBytes(bytes));
    } catch (error) {
      done(error instanceof Error ? error : new Error("the body could not be read", { cause: error }));
    }
  });
}
