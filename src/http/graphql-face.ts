import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerHookHandler } from "fastify";
import { faultHeader } from "../contract/server/faults.js";
import type { Caller } from "../core/access/caller.js";
import { clientRequestIdHeader } from "../core/request-id.js";
import { RequestScope } from "../core/request-scope.js";
import type { Origin } from "../core/write.js";
import type { GraphqlDoor } from "./graphql-door.js";
import { readAddress } from "./contract-request.js";
import { deadlineHeader, wrongDeadlineMessage, readDeadlineMs } from "./deadline.js";
import { sendLargeTextsAsBytes } from "./load/large-texts.js";
import type { RequestReads } from "./load/request-reads.js";
import { watchDisconnect } from "./client-disconnect.js";
import { isBrowserVisit, redirectToPlayground } from "./playground.js";
import { sendErrorReply } from "./error-reply.js";
import { graphqlPath } from "./program-paths.js";

interface IncomingOperation {
  readonly text?: string;
  readonly caller: Caller;
  readonly origin: Omit<Origin, "caller">;
  readonly deadlineMs?: number;
  readonly sentId?: string | readonly string[];
}

/** The parts of GraphQL that the HTTP server needs. */
export interface GraphqlFace {
  readonly apollo: Parameters<typeof fastifyApolloHandler>[0];
  /** May throw a GraphQLError, which Apollo answers to the client. */
  readonly createContext: (request: IncomingOperation) => object;
}

const allow = "GET, POST";

export function serveGraphql(
  server: FastifyInstance,
  options: {
    readonly graphql: GraphqlFace;
    readonly door: GraphqlDoor;
    readonly faults: boolean;
    /** The largest body in bytes. */
    readonly maxBodyBytes: number;
    readonly reads: RequestReads;
    /** Whether the GraphiQL page is served. */
    readonly page: boolean;
  },
): void {
  const { graphql, door, faults, maxBodyBytes, reads, page } = options;
  // An error of the context becomes a rejection, which Apollo answers.
  const context = async (request: FastifyRequest, reply: FastifyReply) => {
    const {
      headers: { [faultHeader]: fault, [clientRequestIdHeader]: sentId },
      socket,
    } = request;
    const scope = new RequestScope(reads.open("graphql", reply.raw));
    watchDisconnect(reply.raw, scope);
    const origin = {
      scope,
      address: readAddress(socket.remoteAddress),
      carrierBytes: request.bodyBytes,
      fault: faults && typeof fault === "string" ? fault : undefined,
    };
    const deadlineMs = remainingMs(request, reply);
    const [text, caller] = [operationText(request), door.callerOf(request)];
    return graphql.createContext({ text, caller, origin, deadlineMs, sentId });
  };
  server.decorateRequest("caller");
  server.route({
    method: ["GET", "POST"],
    url: graphqlPath,
    exposeHeadRoute: false,
    onRequest: door.admit,
    bodyLimit: maxBodyBytes,
    onSend: sendLargeTextsAsBytes,
    preHandler: [...(page ? [showBrowsersThePage] : []), refuseWrongDeadline],
    handler: fastifyApolloHandler(graphql.apollo, { context }),
  });
  server.route({
    method: ["DELETE", "HEAD", "OPTIONS", "PATCH", "PUT"],
    url: graphqlPath,
    handler: (request, reply) => {
      void reply.header("allow", allow);
      if (request.method === "OPTIONS") return reply.code(204).send();
      return sendErrorReply(reply, {
        status: 405,
        code: "METHOD_NOT_ALLOWED",
        message: `${graphqlPath} accepts ${allow}`,
      });
    },
  });
}

/** A browser that opens the address gets the page; other clients get GraphQL. */
const showBrowsersThePage: preHandlerHookHandler = (request, reply, done) => {
  if (isBrowserVisit(request)) void redirectToPlayground(reply);
  else done();
};

const refuseWrongDeadline: preHandlerHookHandler = ({ headers }, reply, done) => {
  if (readDeadlineMs(headers[deadlineHeader]) !== "invalid") done();
  else void sendErrorReply(reply, { status: 400, code: "BAD_REQUEST", message: wrongDeadlineMessage });
};

/** The time until the deadline in milliseconds; the time that the body took to arrive counts as well. */
function remainingMs({ headers }: FastifyRequest, { elapsedTime }: FastifyReply): number | undefined {
  const deadlineMs = readDeadlineMs(headers[deadlineHeader]);
  return typeof deadlineMs === "number" ? Math.max(0, Math.ceil(deadlineMs - elapsedTime)) : undefined;
}

function operationText({ body, query }: FastifyRequest): string | undefined {
  const source = body ?? query;
  return typeof source === "object" && source !== null && "query" in source && typeof source.query === "string"
    ? source.query
    : undefined;
}
