import { Arg, createUnionType, Ctx, Mutation, Resolver, UseMiddleware } from "type-graphql";
import type { GraphqlContext } from "../context.js";
import { answerMutation } from "./answer-mutation.js";
import { allWriteErrors } from "./to-write-error.js";
import { UpsertEntitiesInput } from "./write-input.js";
import { UpsertEntitiesSuccess } from "./write-success.js";

const UpsertEntitiesResult = createUnionType({
  name: "UpsertEntitiesResult",
  description: "The result of `upsertEntities`.",
  types: () => [UpsertEntitiesSuccess, ...allWriteErrors],
});

@Resolver()
export class UpsertEntitiesResolver {
  @Mutation(() => UpsertEntitiesResult, {
    description: "Adds entities to one provider's collection and replaces those with the same keys.",
  })
  @UseMiddleware(answerMutation)
  async upsertEntities(
    @Arg("input", () => UpsertEntitiesInput, { description: "The target and the entities." })
    input: UpsertEntitiesInput,
    @Ctx() { services, inputs, caller, origin, signal }: GraphqlContext,
  ): Promise<UpsertEntitiesSuccess> {
    const { provider, value: target } = inputs.read("upsertEntities", input.target);
    const request = { provider, operation: "upsertEntities", target, records: input.records, origin } as const;
    const receipt = await services.writeRecords(caller, request, signal);
    if (receipt.status === "stored") return new UpsertEntitiesSuccess(receipt);
    throw new Error(`provider ${provider} only accepted an upsert, which no contract does`);
  }
}
