import { limitCode } from "../limits/operation-limits.js";
import type { OperationSteps } from "./operation-steps.js";

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
export const plainJsonStatus: OperationSteps = {
  willSendResponse: ({ request, response: { body, http } }) => {
    if (body.kind !== "single" || http.status !== 400) return;
    const accept = request.http?.headers.get("accept") ?? "";
    if (accept.includes("application/graphql-response+json")) return;
    const { errors = [] } = body.singleResult;
    if (errors.every((error) => refusedByGraphql.has(error.extensions?.["code"]))) http.status = 200;
  },
};
