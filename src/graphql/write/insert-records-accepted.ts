import { Field, ObjectType } from "type-graphql";
import type { Task } from "../../core/task.js";
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

/**
 * A key that may not read its own import, and a remote service whose tasks are not followed, get what is known without
 * the store: the id and the sent records.
 */
export async function toAccepted(
  receipt: AcceptedReceipt,
  sent: { readonly provider: string; readonly recordCount: number },
  { services, loaders }: GraphqlContext,
): Promise<InsertRecordsAccepted> {
  const stored =
    receipt.mirror ?? (receipt.collectionId === undefined ? undefined : await loaders.tasks.load(receipt.taskId));
  const task: Task = stored ?? {
    id: receipt.taskId,
    provider: sent.provider,
    state: "pending",
    totalCount: sent.recordCount,
    createdAt: services.clock.now(),
  };
  return new InsertRecordsAccepted(new ImportTask(task));
}
