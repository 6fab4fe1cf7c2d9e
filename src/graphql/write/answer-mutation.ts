import type { MiddlewareFn } from "type-graphql";
import { ProviderFailure } from "../../core/failure.js";
import type { GraphqlContext } from "../context.js";
import { toWriteError } from "./to-write-error.js";

/**
 * Encloses every mutation. An expected failure of its use case becomes data, a member of the mutation's union; any other
 * error is a defect and is rethrown. The result and later mutations of the request read the new state.
 */
export const answerMutation: MiddlewareFn<Pick<GraphqlContext, "loaders" | "refusal">> = async (
  { context },
  next,
): Promise<unknown> => {
  try {
    if (context.refusal !== undefined) throw context.refusal;
    return (await next()) as unknown;
  } catch (error) {
    if (error instanceof ProviderFailure) return toWriteError(error);
    throw error;
  } finally {
    context.loaders.forget();
  }
};
