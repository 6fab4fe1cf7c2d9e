import { type ApolloServer, HeaderMap } from "@apollo/server";
import { print, type DocumentNode } from "graphql";
import type { Caller } from "../core/access/caller.js";
import type { IdSource } from "../core/clock.js";
import { createLazyRequestId } from "../core/request-id.js";
import type { Log } from "../core/log.js";
import type { RateLimiter } from "../core/access/rate-limit.js";
import { ReadMeter } from "../core/read-meter.js";
import { RequestScope } from "../core/request-scope.js";
import type { Origin } from "../core/write.js";
import { startApollo } from "./apollo/apollo.js";
import type { GraphqlContext, Services } from "./context.js";
import { EventLoopTurns } from "./event-loop-turns.js";
import type { ExecutedOperation } from "./executed-operation.js";
import type { ExecuteOperation, GraphqlOperation } from "./graphql-operation.js";
import { Loaders } from "./loaders.js";
import { refuseUnreadableOperation } from "./apollo/operation-depth.js";
import type { OperationLimits } from "./limits/operation-limits.js";
import { limitReads } from "./limits/limited-reads.js";
import { ResponseBudget } from "./limits/response-budget.js";
import { providerSchemaOf } from "./schema/provider-schema.js";

export interface GraphqlOptions extends Services {
  readonly ids: Pick<IdSource, "uuid">;
  readonly limits: OperationLimits;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
  readonly log: Log;
  /** The requests that every key may make; absent: without a limit. */
  readonly requestRate?: RateLimiter;
}

/** A request before its operation is parsed. */
export interface IncomingRequest {
  /** The text of the operation. */
  readonly text?: string;
  readonly caller: Caller;
  readonly origin: Omit<Origin, "caller">;
  /** Remaining time until the client's deadline, in milliseconds; absent: no deadline. */
  readonly deadlineMs?: number;
  /** The id of the request that the client sent, in any form. */
  readonly sentId?: string | readonly string[];
}

export interface Graphql {
  /** Its context value is the result of `createContext`. */
  readonly apollo: ApolloServer;
  /** The SDL of the subgraph, sorted by name. */
  readonly sdl: string;
  /** Called once per request. @throws GraphQLError for an operation that is too deep or too long to parse */
  readonly createContext: (request: IncomingRequest) => GraphqlContext;
  /** Executes without HTTP; answers the JSON that a client would read. */
  readonly execute: ExecuteOperation;
  readonly stop: () => Promise<void>;
}

const unauthenticated = {
  errors: [{ message: "the program has no caller for this operation", extensions: { code: "UNAUTHENTICATED" } }],
};

const jsonHeaders = new HeaderMap([["content-type", "application/json"]]);

export async function createGraphql(options: GraphqlOptions): Promise<Graphql> {
  const { log, ids, limits, introspection, requestRate, readRecords, ...others } = options;
  const services: Services = { ...others, readRecords: limitReads(readRecords) };
  const providers = services.directory.list().map(({ provider }) => provider);
  const { inputs, schema, document } = providerSchemaOf(providers);
  const turns = new EventLoopTurns();
  const apollo = await startApollo({ schema, log, limits, introspection, requestRate });

  function createContext({ text, caller, origin, deadlineMs, sentId }: IncomingRequest): GraphqlContext {
    if (text !== undefined) refuseUnreadableOperation(text, limits.tokens);
    const deadlineAt = deadlineMs === undefined ? undefined : services.clock.now().getTime() + deadlineMs;
    const signal = deadlineMs === undefined ? undefined : AbortSignal.timeout(deadlineMs);
    const response = new ResponseBudget(limits.responseBytes);
    const requestId = createLazyRequestId(ids, sentId);
    const { scope, address, carrierBytes, fault } = origin;
    // Every member is named: a spread with members behind it is many times dearer.
    const whole = { scope, address, carrierBytes, fault, requestId, deadlineAt } satisfies Record<
      Exclude<keyof Origin, "caller">,
      unknown
    >;
    return {
      services,
      inputs,
      loaders: new Loaders(services.readRecords, { caller, scope }),
      response,
      turns,
      caller,
      scope,
      origin: whole,
      requestId,
      signal,
    };
  }

  return {
    // The HTTP server passes the context through without its type.
    apollo: apollo as unknown as ApolloServer,
    sdl: print(document),
    createContext,
    execute: async <Data, Variables>(operation: GraphqlOperation<Data, Variables>) => {
      const { caller, query: source, variables, operationName } = operation;
      // The type comes from the document or from the caller.
      if (caller === undefined) return unauthenticated;
      // The type of a typed document imports no package; its value is a document of graphql.
      const query = typeof source === "string" ? source : print(source as unknown as DocumentNode);
      const body = { query, variables: variables ?? {}, ...(operationName !== undefined && { operationName }) };
      const origin = { scope: new RequestScope(new ReadMeter(limits.responseBytes)) };
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: "POST", headers: jsonHeaders, search: "", body },
        context: () => Promise.resolve().then(() => createContext({ text: query, caller, origin })),
      });
      if (answer.body.kind !== "complete") throw new Error("this schema does not have incremental results");
      // The type comes from the document or from the caller.
      return JSON.parse(answer.body.string) as ExecutedOperation<Data>;
    },
    stop: () => apollo.stop(),
  };
}
