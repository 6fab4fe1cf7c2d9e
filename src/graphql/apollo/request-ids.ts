import { requestIdHeader } from "../../core/request-id.js";
import type { OperationSteps } from "./operation-steps.js";

export interface RequestIds {
  readonly steps: OperationSteps;
  /** The id of the request that the error belongs to; undefined for an error before the request has a context. */
  readonly idOf: (error: unknown) => string | undefined;
}

/** Formatting an error does not know its request: the errors of a request are noted before. */
export function createRequestIds(): RequestIds {
  const noted = new WeakMap<object, () => string>();
  return {
    steps: {
      didEncounterErrors: ({ errors, contextValue }) => {
        for (const error of errors) noted.set(error, contextValue.requestId);
      },
      willSendResponse: ({ response }) => {
        const { body, http } = response;
        const errors = body.kind === "single" ? body.singleResult.errors : undefined;
        const id = errors?.map(({ extensions }) => extensions?.["requestId"]).find((each) => each !== undefined);
        if (typeof id === "string") http.headers.set(requestIdHeader, id);
      },
    },
    idOf: (error) => (typeof error === "object" && error !== null ? noted.get(error)?.() : undefined),
  };
}
