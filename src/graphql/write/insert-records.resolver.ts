import { Arg, Ctx, Mutation, Resolver, UseMiddleware } from "type-graphql";
import type { GraphqlContext } from "../context.js";
import { answerMutation } from "./answer-mutation.js";
import { InsertRecordsResult, toInsertRecordsResult } from "./insert-records-result.js";
import { InsertRecordsInput, toWriteRequest } from "./write-input.js";

@Resolver()
export class InsertRecordsResolver {
  @Mutation(() => InsertRecordsResult, { description: "Adds records to one provider's collection." })
  @UseMiddleware(answerMutation)
  async insertRecords(
    @Arg("input", () => InsertRecordsInput, { description: "The target and the records." }) input: InsertRecordsInput,
    @Ctx() context: GraphqlContext,
  ): ReturnType<typeof toInsertRecordsResult> {
    const { services, caller, signal } = context;
    const request = toWriteRequest("insertRecords", input, context);
    const receipt = await services.writeRecords(caller, request, signal);
    return toInsertRecordsResult(receipt, { provider: request.provider, recordCount: request.records.length }, context);
  }
}
