import type { ApolloServerPlugin } from "@apollo/server";
import { limitCode } from "../limits/operation-limits.js";

const refusedByGraphql: ReadonlySet<unknown> = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "OPERATION_RESOLUTION_FAILURE",
  limitCode,
]);

/**
 * GraphQL over HTTP: a client that accepts plain `application/json` gets 200 for every well-formed request, also with
 * errors, because any other status may come from an intermediary.
 */
export function plainJsonStatus(): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ request, response }) => {
          const accept = request.http?.headers.get("accept") ?? "";
          if (
            response.body.kind === "single" &&
            response.http.status === 400 &&
            !accept.includes("application/graphql-response+json")
          ) {
            const { errors = [] } = response.body.singleResult;
            if (errors.every((error) => refusedByGraphql.has(error.extensions?.["code"]))) response.http.status = 200;
          }
          return Promise.resolve();
        },
      }),
  };
}
