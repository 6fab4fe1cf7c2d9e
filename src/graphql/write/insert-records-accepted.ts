import { Field, ObjectType } from "type-graphql";
import type { AcceptedReceipt } from "../../core/write.js";
import type { GraphqlContext } from "../context.js";
import { ImportTask } from "../task/import-task.js";

@ObjectType({ description: "The service has accepted the records and stores them asynchronously." })
export class InsertRecordsAccepted {
  @Field(() => ImportTask, { description: "The import, which reports the fate of the records." })
  readonly task: ImportTask;

  constructor(task: ImportTask) {
    this.task = task;
  }
}

/** A remote service's task is not in the store: the result consists of its id and the sent records. */
export async function toAccepted(
  receipt: AcceptedReceipt,
  sent: { readonly provider: string; readonly recordCount: number },
  { services, loaders }: GraphqlContext,
): Promise<InsertRecordsAccepted> {
  const stored = receipt.collectionId === undefined ? undefined : await loaders.tasks.load(receipt.taskId);
  const task = stored ?? {
    id: receipt.taskId,
    provider: sent.provider,
    state: "pending",
    totalCount: sent.recordCount,
    createdAt: services.clock.now(),
  };
  return new InsertRecordsAccepted(new ImportTask(task));
}
