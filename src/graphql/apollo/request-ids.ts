import type { ApolloServerPlugin } from "@apollo/server";
import { requestIdHeader } from "../../core/request-id.js";
import type { GraphqlContext } from "../context.js";

export interface RequestIds {
  readonly plugin: ApolloServerPlugin<GraphqlContext>;
  /** The id of the request that the error belongs to; undefined for an error before the request has a context. */
  readonly idOf: (error: unknown) => string | undefined;
}

/** Formatting an error does not know its request: the errors of a request are noted before. */
export function createRequestIds(): RequestIds {
  const noted = new WeakMap<object, () => string>();
  return {
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          didEncounterErrors: ({ errors, contextValue }) => {
            for (const error of errors) noted.set(error, contextValue.requestId);
            return Promise.resolve();
          },
          willSendResponse: ({ response }) => {
            const { body, http } = response;
            const errors = body.kind === "single" ? body.singleResult.errors : undefined;
            const id = errors?.map(({ extensions }) => extensions?.["requestId"]).find((each) => each !== undefined);
            if (typeof id === "string") http.headers.set(requestIdHeader, id);
            return Promise.resolve();
          },
        }),
    },
    idOf: (error) => (typeof error === "object" && error !== null ? noted.get(error)?.() : undefined),
  };
}
