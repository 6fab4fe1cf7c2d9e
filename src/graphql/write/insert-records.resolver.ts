import { Arg, createUnionType, Ctx, Mutation, Resolver, UseMiddleware } from "type-graphql";
import type { GraphqlContext } from "../context.js";
import { answerMutation } from "./answer-mutation.js";
import { InsertRecordsAccepted, toAccepted } from "./insert-records-accepted.js";
import { allWriteErrors } from "./to-write-error.js";
import { InsertRecordsInput } from "./write-input.js";
import { InsertRecordsSuccess } from "./write-success.js";

const InsertRecordsResult = createUnionType({
  name: "InsertRecordsResult",
  description: "The result of `insertRecords`.",
  types: () => [InsertRecordsSuccess, InsertRecordsAccepted, ...allWriteErrors],
});

@Resolver()
export class InsertRecordsResolver {
  @Mutation(() => InsertRecordsResult, { description: "Adds records to one provider's collection." })
  @UseMiddleware(answerMutation)
  async insertRecords(
    @Arg("input", () => InsertRecordsInput, { description: "The target and the records." }) input: InsertRecordsInput,
    @Ctx() context: GraphqlContext,
  ): Promise<InsertRecordsSuccess | InsertRecordsAccepted> {
    const { services, inputs, caller, origin, signal } = context;
    const { provider, value: target } = inputs.read("insertRecords", input.target);
    const request = { provider, operation: "insertRecords", target, records: input.records, origin } as const;
    const receipt = await services.writeRecords(caller, request, signal);
    if (receipt.status === "stored") return new InsertRecordsSuccess(receipt);
    return toAccepted(receipt, { provider, recordCount: input.records.length }, context);
  }
}
