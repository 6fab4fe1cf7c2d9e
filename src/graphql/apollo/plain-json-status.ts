import type { ApolloServerPlugin } from "@apollo/server";

const refusedByGraphql: ReadonlySet<unknown> = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "OPERATION_RESOLUTION_FAILURE",
]);

/**
 * GraphQL over HTTP: whoever reads plain `application/json` gets 200 for every well-formed request, whatever GraphQL says to it,
 * because an intermediary may have answered with another status.
 */
export function plainJsonStatus(): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ request, response }) => {
          const accept = request.http?.headers.get("accept") ?? "";
          if (response.body.kind === "single" && response.http.status === 400 && !accept.includes("application/graphql-response+json")) {
            const { errors = [] } = response.body.singleResult;
            if (errors.every((error) => refusedByGraphql.has(error.extensions?.["code"]))) response.http.status = 200;
          }
          return Promise.resolve();
        },
      }),
  };
}
