import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Mount } from "../contract/server/mounts.js";
import { graphqlPath, healthPath, playgroundPath } from "./program-paths.js";

const pageFile = "index.html";
const assetsFolder = "assets";

/**
 * Only this server's files run, and they connect to this server only. Styles may be inline: Monaco, the editor in the
 * page, writes its theme and the place of every line as style elements and attributes, and does not support a nonce.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const pageHeaders = {
  "content-security-policy": contentSecurityPolicy,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
};

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
};

const notBuilt = `GraphiQL is served here, but its page has not been built.

Run "npm run build" and start the built program with "npm start"; the published package has it built.
GraphQL itself answers at /graphql.
`;

/** A file of the page, read at its first request. */
interface PageFile {
  readonly bytes: Buffer;
  readonly zipped: Buffer;
  readonly type: string;
  readonly etag: string;
}

/** Serves the built page of `folder`, or a text that it has not been built. */
export function servePlayground(server: FastifyInstance, folder: string): void {
  const files = findFiles(folder);
  server.get(playgroundPath, (request, reply) => {
    void reply.headers(pageHeaders);
    const page = files.get(pageFile);
    if (page === undefined) return reply.code(404).type("text/plain; charset=utf-8").send(notBuilt);
    return page().then((file) => sendPageFile(file, { request, reply, cacheControl: "no-cache" }));
  });
  server.get(`${playgroundPath}/`, (_request, reply) => reply.redirect(`..${playgroundPath}`, 301));
  server.get<{ Params: { readonly name: string } }>(`${playgroundPath}/${assetsFolder}/:name`, (request, reply) => {
    const asset = files.get(`${assetsFolder}/${request.params.name}`);
    if (asset === undefined) {
      reply.callNotFound();
      return reply;
    }
    void reply.headers(pageHeaders);
    // The name has a hash of the content.
    return asset().then((file) =>
      sendPageFile(file, { request, reply, cacheControl: "public, max-age=31536000, immutable" }),
    );
  });
}

/** Whether a browser opens the address, as opposed to a client that executes an operation. */
export function isBrowserVisit({ method, query, headers: { accept = "" } }: FastifyRequest): boolean {
  const asksNothing = typeof query === "object" && query !== null && !("query" in query) && !("extensions" in query);
  return method === "GET" && asksNothing && accept.split(",").some((type) => type.trim().startsWith("text/html"));
}

/** `/` redirects a browser to the page and answers other clients with an index of the paths. */
export function serveIndex(
  server: FastifyInstance,
  { mounts, page }: { readonly mounts: readonly Mount[]; readonly page: boolean },
): void {
  const providers = new Set(mounts.map(({ provider }) => provider));
  const pathsOf = (id: string) => mounts.flatMap(({ provider, path: mounted }) => (provider === id ? [mounted] : []));
  const rest = Object.fromEntries([...providers].map((id) => [id, pathsOf(id)]));
  server.get("/", (request, reply) => {
    if (page && isBrowserVisit(request)) return redirectToPlayground(reply);
    const paths = { graphql: graphqlPath, ...(page && { graphiql: playgroundPath }), health: healthPath };
    return reply.header("vary", "accept").send({ name: "recordgate", ...paths, rest });
  });
}

export function redirectToPlayground(reply: FastifyReply): FastifyReply {
  // Relative, so that it works behind a proxy that adds a path.
  return reply.headers({ vary: "accept", "cache-control": "no-store" }).redirect(playgroundPath.slice(1), 302);
}

/** The served files: others of the folder cannot be requested. */
function findFiles(folder: string): ReadonlyMap<string, () => Promise<PageFile>> {
  const assets = fileNamesIn(join(folder, assetsFolder)).map((name) => `${assetsFolder}/${name}`);
  if (assets.length === 0) return new Map();
  return new Map([pageFile, ...assets].map((name) => [name, once(() => readPageFile(join(folder, name)))]));
}

function fileNamesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  } catch {
    return [];
  }
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}

async function readPageFile(file: string): Promise<PageFile> {
  const bytes = await readFile(file);
  return {
    bytes,
    zipped: await promisify(gzip)(bytes),
    type: contentTypes[extname(file)] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(bytes).digest("base64url")}"`,
  };
}

function sendPageFile(
  file: PageFile,
  options: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly cacheControl: string },
): FastifyReply {
  const { request, reply, cacheControl } = options;
  void reply.headers({ etag: file.etag, "cache-control": cacheControl, vary: "accept-encoding" });
  if (request.headers["if-none-match"] === file.etag) return reply.code(304).send();
  void reply.type(file.type);
  if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) return reply.send(file.bytes);
  return reply.header("content-encoding", "gzip").send(file.zipped);
}
