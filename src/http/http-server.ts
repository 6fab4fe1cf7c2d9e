import type { IncomingMessage } from "node:http";
import fastify, { type FastifyInstance } from "fastify";
import type { IdSource } from "../core/clock.js";
import type { Log } from "../core/log.js";
import { createClientErrorHandler, createConnectHandler, createSlowClientHandler } from "./client-errors.js";
import { answerNotFound, createErrorHandler, sendErrorReply } from "./error-reply.js";
import { createFrontListener, type FrontRules } from "./front-listener.js";
import { type FrontedListener, NodeServers } from "./front/node-servers.js";
import { type GraphqlFace, serveGraphql } from "./graphql-face.js";
import { BodyBudget } from "./load/body-budget.js";
import { readJsonBodies } from "./load/json-body.js";
import { type ReadBounds, RequestReads } from "./load/request-reads.js";
import { RequestsInFlight } from "./load/requests-in-flight.js";
import { SlowClients, usualPatience, type Patience } from "./load/slow-clients.js";
import { healthPath } from "./program-paths.js";
import { serveIndex, servePlayground } from "./playground.js";
import { createGraphqlDoor } from "./graphql-door.js";
import { type OperatorRoutes, serveOperator } from "./operator-routes.js";
import { RestFaces, type RestFacesOptions } from "./rest-faces.js";

export interface HttpServerOptions {
  readonly graphql: GraphqlFace;
  /** Who may call GraphQL. */
  readonly door: Parameters<typeof createGraphqlDoor>[0];
  readonly rest: RestFacesOptions;
  /** Manages the keys of a database that no other program can reach. */
  readonly operator?: OperatorRoutes;
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
  readonly front: FrontRules;
  /** The largest body of a GraphQL request in bytes, counted during its arrival. */
  readonly maxBodyBytes: number;
  readonly maxRequestsInFlight: number;
  /** Bytes of all bodies in memory. */
  readonly maxBodyBytesInFlight: number;
  readonly reads: ReadBounds;
  /** The time that clients have for their parts of an exchange. */
  readonly patience?: Patience;
  /** Whether requests can be served. */
  readonly isReady: () => Promise<boolean>;
  readonly ids: Pick<IdSource, "uuid">;
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
  /**
   * Refuses new connections, answers what arrives on open ones, and closes those without a request after `lingerMs`
   * (default: at once).
   */
  readonly close: (lingerMs?: number) => Promise<void>;
}

const defaultCloseTimeoutMs = 30_000;

/** Routes do not have schemas, so the framework does not load its schema compilers. */
const noSchemas = { buildValidator: refuseSchema, buildSerializer: refuseSchema };

function refuseSchema(): never {
  throw new Error("a route has a schema, and the server does not have a schema compiler");
}

/** No route but that of GraphQL takes a body. */
const smallBodyBytes = 1024;

/** The time for the answers of cancelled requests, in milliseconds. */
const lastAnswersMs = 500;

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { graphql, door, rest, host, port, maxBodyBytes, isReady, ids, log, playground } = options;
  const { closeTimeoutMs = defaultCloseTimeoutMs, giveUp = () => undefined, patience = usualPatience } = options;
  let closing = false;
  const budget = new BodyBudget(options.maxBodyBytesInFlight);
  const hidden = new WeakSet<IncomingMessage>();
  const reads = new RequestReads(options.reads);
  const faces = new RestFaces({ ...rest, budget, reads, hidden });
  const slowClients = new SlowClients({
    ...patience,
    maxBodyBytes: Math.max(maxBodyBytes, ...[...rest.faces.values()].map((face) => face.maxBodyBytes)),
    refuse: createSlowClientHandler(faces),
  });
  const answerError = createErrorHandler({ ids, log });
  const front = createFrontListener({
    rules: options.front,
    faces,
    inFlight: new RequestsInFlight(options.maxRequestsInFlight),
    hidden,
    isClosing: () => closing,
    next: (request, response) => server.routing(request, response),
  });
  const listener: FrontedListener = (request, response) => {
    slowClients.note(request, response);
    front(request, response);
  };
  const nodeServers = new NodeServers(listener, (nodeServer) => {
    nodeServer.on("connect", createConnectHandler(faces)).on("clientError", createClientErrorHandler(faces));
    slowClients.watch(nodeServer);
  });
  const server = fastify({
    bodyLimit: smallBodyBytes,
    // Requests of connections that are still open are served.
    return503OnClosing: false,
    schemaController: { compilersFactory: noSchemas },
    serverFactory: () => nodeServers.create(),
    // Each server has its own handler; a second answer would follow that of the framework.
    clientErrorHandler: () => undefined,
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
  faces.serve(server);
  refuseUnknownPaths(server);
  readJsonBodies(server, budget);
  server.setErrorHandler(answerError);
  server.setNotFoundHandler(answerNotFound);
  const page = playground !== undefined;
  serveGraphql(server, { graphql, door: createGraphqlDoor(door), faults: rest.faults, maxBodyBytes, reads, page });
  if (playground !== undefined) servePlayground(server, playground);
  serveIndex(server, { mounts: rest.mounts, page });
  if (options.operator !== undefined) serveOperator(server, options.operator);
  serveHealth(server, isReady);
  return {
    listen: async () => {
      await server.listen({ host, port });
      await nodeServers.listenBeside(server.server, host);
      return { url: toUrl(server) };
    },
    close: async (lingerMs = 0) => {
      closing = true;
      nodeServers.keepIdleFor(lingerMs);
      const cut = (): void => {
        server.server.closeAllConnections();
        nodeServers.cutFurther();
      };
      const timers = [
        setTimeout(() => slowClients.closeUnused(), lingerMs),
        setTimeout(giveUp, closeTimeoutMs),
        setTimeout(cut, closeTimeoutMs + lastAnswersMs),
      ];
      try {
        await Promise.all([server.close(), nodeServers.closeFurther()]);
      } finally {
        timers.forEach(clearTimeout);
      }
    },
  };
}

/** Answers before the body is read. */
function refuseUnknownPaths(server: FastifyInstance): void {
  server.addHook("onRequest", (request, reply, done) => {
    if (request.is404) answerNotFound(request, reply);
    else done();
  });
}

function serveHealth(server: FastifyInstance, isReady: () => Promise<boolean>): void {
  server.get(healthPath, async (_request, reply) => {
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
