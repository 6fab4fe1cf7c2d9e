import type { RequestListener } from "node:http";
import fastify, { type FastifyInstance } from "fastify";
import type { Log } from "../core/log.js";
import type { Origin } from "../core/write.js";
import { createClientErrorHandler, createConnectHandler } from "./client-errors.js";
import { type GraphqlFace, serveGraphql } from "./graphql-face.js";
import { readJsonBodies } from "./json-body.js";
import { serveIndex, servePlayground } from "./playground.js";
import { answerNotFound, createErrorHandler, sendErrorReply } from "./error-reply.js";
import { RestFaces, type RestFacesOptions } from "./rest-faces.js";

export interface HttpServerOptions {
  readonly graphql: GraphqlFace;
  /** The caller of every GraphQL request; absent: GraphQL requests do not have a caller. */
  readonly caller?: Origin["caller"];
  readonly rest: RestFacesOptions;
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
  /** The largest body in bytes, counted during its arrival. */
  readonly maxBodyBytes: number;
  /** Whether requests can be served. */
  readonly isReady: () => Promise<boolean>;
  readonly log: Log;
  /** The folder of the built GraphiQL page; absent: the page is not served. */
  readonly playground?: string | undefined;
  /** The time that `close` waits for requests in flight, in milliseconds. */
  readonly closeTimeoutMs?: number;
  /** Called at the end of that time; connections are closed shortly after. */
  readonly giveUp?: () => void;
}

export interface HttpServer {
  readonly listen: () => Promise<{ readonly url: string }>;
  /** Refuses new requests and finishes those in flight. */
  readonly close: () => Promise<void>;
}

/**
 * Milliseconds. Longer than the 60 s after which load balancers close an idle connection, so that this server never
 * closes one that just got a request.
 */
const keepAliveTimeout = 65_000;

/**
 * Milliseconds. The server closes connections of slower clients: the time for the headers, for the whole request, and
 * the interval of the check.
 */
const requestTimeouts = { headersTimeout: 15_000, requestTimeout: 120_000, connectionsCheckingInterval: 5_000 };

const defaultCloseTimeoutMs = 30_000;

/** Routes do not have schemas, so the framework does not load its schema compilers. */
const noSchemas = { buildValidator: refuseSchema, buildSerializer: refuseSchema };

function refuseSchema(): never {
  throw new Error("a route has a schema, and the server does not have a schema compiler");
}

/** The time for the answers of cancelled requests, in milliseconds. */
const lastAnswersMs = 500;

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { graphql, caller, rest, host, port, maxBodyBytes, isReady, log, playground } = options;
  const { closeTimeoutMs = defaultCloseTimeoutMs, giveUp = () => undefined } = options;
  const faces = new RestFaces(rest);
  const answerError = createErrorHandler({ maxBodyBytes, log });
  const server = fastify({
    bodyLimit: maxBodyBytes,
    keepAliveTimeout,
    requestTimeout: requestTimeouts.requestTimeout,
    schemaController: { compilersFactory: noSchemas },
    // The faces themselves judge a missing Host: Node would answer it with an empty body.
    http: { ...requestTimeouts, requireHostHeader: false },
    clientErrorHandler: createClientErrorHandler(faces),
    frameworkErrors: (error, request, reply) => {
      void faces
        .answerBadUrl(request.raw, reply)
        .then((answered) => (answered ? undefined : answerError(error, request, reply)))
        .catch((cause: unknown) =>
          answerError(
            Object.assign(new Error("a face failed", { cause }), { name: "FaceError", code: "" }),
            request,
            reply,
          ),
        );
    },
  });
  // The handler of a request itself answers `Expect: 100-continue`; a request with any other expectation is answered
  // like one without.
  const serve: RequestListener = (request, response) => server.routing(request, response);
  server.server.on("checkContinue", serve).on("checkExpectation", serve).on("connect", createConnectHandler(faces));
  faces.serve(server);
  readJsonBodies(server);
  server.setErrorHandler(answerError);
  server.setNotFoundHandler(answerNotFound);
  serveGraphql(server, { graphql, caller, faults: rest.faults, page: playground !== undefined });
  if (playground !== undefined) servePlayground(server, playground);
  serveIndex(server, { mounts: rest.mounts, page: playground !== undefined });
  serveHealth(server, isReady);
  let closing = false;
  server.addHook("onSend", async (_request, reply) => {
    // Otherwise a connection with a request in flight would stay open after its reply.
    if (closing) void reply.header("connection", "close");
  });
  return {
    listen: async () => {
      await server.listen({ host, port });
      return { url: toUrl(server) };
    },
    close: async () => {
      closing = true;
      const cut = (): void => server.server.closeAllConnections();
      const timers = [setTimeout(giveUp, closeTimeoutMs), setTimeout(cut, closeTimeoutMs + lastAnswersMs)];
      try {
        await server.close();
      } finally {
        timers.forEach(clearTimeout);
      }
    },
  };
}

function serveHealth(server: FastifyInstance, isReady: () => Promise<boolean>): void {
  server.get("/health", async (_request, reply) => {
    if (await isReady().catch(() => false)) return { status: "ok" };
    return sendErrorReply(reply, { status: 503, code: "SERVICE_UNAVAILABLE", message: "the database does not answer" });
  });
}

function toUrl(server: FastifyInstance): string {
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  const { address: ip, family, port } = address;
  const host = ip === "0.0.0.0" || ip === "::" ? "localhost" : family === "IPv6" ? `[${ip}]` : ip;
  return `http://${host}:${port}`;
}
