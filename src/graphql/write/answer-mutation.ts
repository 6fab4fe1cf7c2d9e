import { ProviderFailure } from "../../core/failure.js";
import type { GraphqlContext } from "../context.js";
import { type AnyWriteError, toWriteError } from "./to-write-error.js";

/**
 * Encloses every mutation. An expected failure of its use case becomes data, a member of the mutation's union; any other
 * error is a defect and is rethrown. The result and later mutations of the request read the new state. It is no
 * middleware of the resolvers: each of those takes several promises more.
 */
export async function answerMutation<Result>(
  { refusal, loaders }: Pick<GraphqlContext, "loaders" | "refusal">,
  mutate: () => Promise<Result>,
): Promise<Result | AnyWriteError> {
  try {
    if (refusal !== undefined) throw refusal;
    return await mutate();
  } catch (error) {
    if (error instanceof ProviderFailure) return toWriteError(error);
    throw error;
  } finally {
    loaders.forget();
  }
}
