import { Field, ObjectType } from "type-graphql";
import { StoreUnavailableError } from "../../core/store.js";
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
 * A key that may not read its own import, a remote service whose tasks are not followed, and a caller whose database has
 * gone away since it took the records, get what is known without the store: the id and the sent records.
 */
export async function toAccepted(
  receipt: AcceptedReceipt,
  sent: { readonly provider: string; readonly recordCount: number },
  { services, loaders }: GraphqlContext,
): Promise<InsertRecordsAccepted> {
  const stored = receipt.mirror ?? (await readTask(receipt, loaders));
  const task: Task = stored ?? {
    id: receipt.taskId,
    provider: sent.provider,
    state: "pending",
    totalCount: sent.recordCount,
    createdAt: services.clock.now(),
  };
  return new InsertRecordsAccepted(new ImportTask(task));
}

/** The records are accepted whether their task can be read now or not. */
async function readTask(
  { collectionId, taskId }: AcceptedReceipt,
  { tasks }: GraphqlContext["loaders"],
): Promise<Task | undefined> {
  if (collectionId === undefined) return undefined;
  try {
    return await tasks.load(taskId);
  } catch (error) {
    if (error instanceof StoreUnavailableError) return undefined;
    throw error;
  }
}
