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
import type { RateLimiter } from "../../core/access/rate-limit.js";
import type { GraphqlContext } from "../context.js";
import { createFormatError } from "./format-error.js";
import { limitOperations } from "../limits/limit-operations.js";
import type { OperationLimits } from "../limits/operation-limits.js";
import { knownOperationsRule } from "./known-operations.js";
import { limitRequests } from "./limit-requests.js";
import { noIntrospectionRule } from "./no-introspection.js";
import { joinSteps } from "./operation-steps.js";
import { plainJsonStatus } from "./plain-json-status.js";
import { createRequestIds } from "./request-ids.js";
import { refuseRoundedVariables } from "./rounded-variables.js";
import { createStringifyResult } from "./stringify-result.js";

/** The server neither loads from nor reports to other hosts. */
const disabledPlugins: readonly ApolloServerPlugin[] = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly log: Log;
  readonly limits: OperationLimits;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
  /** The requests that every key may make; absent: without a limit. */
  readonly requestRate?: RateLimiter;
}

export async function startApollo(options: ApolloOptions): Promise<ApolloServer<GraphqlContext>> {
  const { schema, log, limits, introspection, requestRate } = options;
  const requestIds = createRequestIds();
  const plugins = [
    ...disabledPlugins,
    ...(requestRate ? [limitRequests(requestRate)] : []),
    joinSteps([requestIds.steps, plainJsonStatus, limitOperations(schema, limits), refuseRoundedVariables(schema)]),
  ];
  const apollo = new ApolloServer<GraphqlContext>({
    schema,
    // The rule below has the message for it.
    introspection: true,
    hideSchemaDetailsFromClientErrors: !introspection,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxLexicalTokens: limits.tokens },
    validationRules: introspection ? [knownOperationsRule] : [knownOperationsRule, noIntrospectionRule],
    formatError: createFormatError(log, requestIds.idOf),
    stringifyResult: createStringifyResult(limits.responseBytes),
    logger: toLogger(log),
    plugins,
  });
  await apollo.start();
  // Apollo keeps the list itself, and waits in every request for those that only say at the start what is off.
  plugins.splice(0, disabledPlugins.length);
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
