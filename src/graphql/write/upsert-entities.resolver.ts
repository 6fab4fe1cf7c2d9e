import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { GraphqlContext } from "../context.js";
import { answerMutation } from "./answer-mutation.js";
import type { AnyWriteError } from "./to-write-error.js";
import { toUpsertEntitiesResult, UpsertEntitiesResult } from "./upsert-entities-result.js";
import { toWriteRequest, UpsertEntitiesInput } from "./write-input.js";

@Resolver()
export class UpsertEntitiesResolver {
  @Mutation(() => UpsertEntitiesResult, {
    description: "Adds entities to one provider's collection and replaces those with the same keys.",
  })
  upsertEntities(
    @Arg("input", () => UpsertEntitiesInput, { description: "The target and the entities." })
    input: UpsertEntitiesInput,
    @Ctx() context: GraphqlContext,
  ): Promise<ReturnType<typeof toUpsertEntitiesResult> | AnyWriteError> {
    return answerMutation(context, async () => {
      const { services, caller, signal } = context;
      const request = toWriteRequest("upsertEntities", input, context);
      return toUpsertEntitiesResult(await services.writeRecords(caller, request, signal), request.provider);
    });
  }
}
