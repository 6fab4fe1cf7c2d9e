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
  /** Who every GraphQL request comes from. */
  readonly caller?: Origin["caller"];
  readonly rest: RestFacesOptions;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Counted while a body arrives. */
  readonly maxBodyBytes: number;
  /** Whether requests can be served. */
  readonly isReady: () => Promise<boolean>;
  readonly log: Log;
  /** The folder of the built GraphiQL page. */
  readonly playground: string;
  /** How long `close` waits for requests in flight. */
  readonly closeTimeoutMs?: number;
  /** Called when `close` can no longer wait, a moment before connections are cut. */
  readonly giveUp?: () => void;
}

export interface HttpServer {
  /** Starts to accept connections. */
  readonly listen: () => Promise<{ readonly url: string }>;
  /** Accepts nothing more and finishes what is in flight. */
  readonly close: () => Promise<void>;
}

/** Longer than the 60 s after which load balancers drop an idle connection, so that none is closed under a request. */
const keepAliveTimeout = 65_000;

/** A client that sends slower than this is cut off: its headers, its whole request, and how often that is looked at. */
const requestTimeouts = { headersTimeout: 15_000, requestTimeout: 120_000, connectionsCheckingInterval: 5_000 };

const defaultCloseTimeoutMs = 30_000;

/** No route has a schema: the framework need not load what compiles one. */
const noSchemas = { buildValidator: refuseSchema, buildSerializer: refuseSchema };

function refuseSchema(): never {
  throw new Error("a route has a schema, which nothing compiles");
}

/** What is given up is still answered in this time. */
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
    // A missing Host is left to whoever needs one: Node would answer without a word.
    http: { ...requestTimeouts, requireHostHeader: false },
    clientErrorHandler: createClientErrorHandler(faces),
    frameworkErrors: (error, request, reply) => {
      void faces
        .answerBadUrl(request.raw, reply)
        .then((answered) => (answered ? undefined : answerError(error, request, reply)))
        .catch((cause: unknown) => answerError(Object.assign(new Error("a face failed", { cause }), { name: "FaceError", code: "" }), request, reply));
    },
  });
  // Whoever serves a request says itself whether its body is wanted; whatever else a client expects of us, it gets an answer.
  const serve: RequestListener = (request, response) => server.routing(request, response);
  server.server.on("checkContinue", serve).on("checkExpectation", serve).on("connect", createConnectHandler(faces));
  faces.serve(server);
  readJsonBodies(server);
  server.setErrorHandler(answerError);
  server.setNotFoundHandler(answerNotFound);
  serveGraphql(server, { graphql, caller, faults: rest.faults });
  servePlayground(server, playground);
  serveIndex(server, rest.mounts);
  serveHealth(server, isReady);
  let closing = false;
  server.addHook("onSend", async (_request, reply) => {
    // Else a connection that was busy when we began to close would be kept alive.
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
