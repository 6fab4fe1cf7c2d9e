import { type ApolloServerPlugin, HeaderMap } from "@apollo/server";
import { GraphQLError, OperationTypeNode } from "graphql";
import { takeFromCaller } from "../../application/access/key-rates.js";
import { unknownProvider } from "../../application/providers.js";
import { ProviderFailure } from "../../core/failure.js";
import type { RateLimiter } from "../../core/access/rate-limit.js";
import type { GraphqlContext } from "../context.js";

/** Counts every request of a key once. Over the limit, a mutation answers an error of its union. */
export function limitRequests(requestRate: RateLimiter): ApolloServerPlugin<GraphqlContext> {
  const use = { points: 1, unit: "requests", provider: unknownProvider } as const;
  return {
    requestDidStart: async ({ contextValue }) => {
      // Apollo formats errors of the later hooks only.
      const refusal: unknown = await takeFromCaller(requestRate, contextValue.caller, use).catch(
        (error: unknown) => error,
      );
      if (refusal === undefined) return undefined;
      return {
        didResolveOperation: ({ operation }) => {
          const isMutation = operation?.operation === OperationTypeNode.MUTATION;
          if (!isMutation || !(refusal instanceof ProviderFailure)) throw toRequestError(refusal);
          contextValue.refusal = refusal;
          return Promise.resolve();
        },
      };
    },
  };
}

function toRequestError(refusal: unknown): unknown {
  if (!(refusal instanceof ProviderFailure)) return refusal;
  const { message, retryAfterMs } = refusal.details;
  if (retryAfterMs === undefined) return new GraphQLError(message, { extensions: { code: "SERVICE_UNAVAILABLE" } });
  const headers = new HeaderMap([["retry-after", String(Math.ceil(retryAfterMs / 1000))]]);
  return new GraphQLError(message, {
    extensions: { code: "RATE_LIMITED", retryAfterMs, http: { status: 429, headers } },
  });
}
