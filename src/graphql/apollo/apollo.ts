import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Log } from "../../core/log.js";
import type { RateLimiter } from "../../core/rate-limit.js";
import type { GraphqlContext } from "../context.js";
import { createFormatError } from "./format-error.js";
import { knownOperationsRule } from "./known-operations.js";
import { limitRequests } from "./limit-requests.js";
import { plainJsonStatus } from "./plain-json-status.js";
import { createRequestIds } from "./request-ids.js";
import { stringifyResult } from "./stringify-result.js";

/** An operation with 5,000 small records in its text has about 60,000 tokens. */
const maxTokens = 100_000;

/** The server neither loads from nor reports to other hosts. */
const disabledPlugins: readonly ApolloServerPlugin[] = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

interface ApolloOptions {
  readonly log: Log;
  /** The requests that every key may make; absent: without a limit. */
  readonly requestRate?: RateLimiter;
}

export async function startApollo(
  schema: GraphQLSchema,
  { log, requestRate }: ApolloOptions,
): Promise<ApolloServer<GraphqlContext>> {
  const requestIds = createRequestIds();
  const apollo = new ApolloServer<GraphqlContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens },
    validationRules: [knownOperationsRule],
    formatError: createFormatError(log, requestIds.idOf),
    stringifyResult,
    logger: toLogger(log),
    plugins: [
      ...disabledPlugins,
      requestIds.plugin,
      plainJsonStatus(),
      ...(requestRate ? [limitRequests(requestRate)] : []),
    ],
  });
  await apollo.start();
  return apollo;
}

function toLogger(log: Log) {
  const writeTo = (write: Log["info"]) => (message?: unknown) => write({}, String(message));
  return {
    debug: () => undefined,
    info: writeTo(log.info.bind(log)),
    warn: writeTo(log.warn.bind(log)),
    error: writeTo(log.error.bind(log)),
  };
}
