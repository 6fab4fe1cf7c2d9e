import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { GraphqlContext } from "../context.js";
import { answerMutation } from "./answer-mutation.js";
import { InsertRecordsResult, toInsertRecordsResult } from "./insert-records-result.js";
import type { AnyWriteError } from "./to-write-error.js";
import { InsertRecordsInput, toWriteRequest } from "./write-input.js";

@Resolver()
export class InsertRecordsResolver {
  @Mutation(() => InsertRecordsResult, { description: "Adds records to one provider's collection." })
  insertRecords(
    @Arg("input", () => InsertRecordsInput, { description: "The target and the records." }) input: InsertRecordsInput,
    @Ctx() context: GraphqlContext,
  ): Promise<Awaited<ReturnType<typeof toInsertRecordsResult>> | AnyWriteError> {
    return answerMutation(context, async () => {
      const { services, caller, signal } = context;
      const request = toWriteRequest("insertRecords", input, context);
      const receipt = await services.writeRecords(caller, request, signal);
      const sent = { provider: request.provider, recordCount: request.records.length };
      return toInsertRecordsResult(receipt, sent, context);
    });
  }
}
