import { Ctx, Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { refusedBeforeCall } from "../../application/providers.js";
import type { Task, TaskState } from "../../core/task.js";
import { loadCollection, RecordCollection } from "../collection/record-collection.js";
import type { GraphqlContext } from "../context.js";
import { createConnectionType } from "../paging/connection.js";
import { DateTime } from "../schema/scalars.js";
import { registerStringEnum } from "../schema/string-enum.js";
import { type AnyWriteError, toWriteError } from "../write/to-write-error.js";
import { WriteError } from "../write/write-error.js";

const ImportTaskStatus = registerStringEnum<TaskState>({
  name: "ImportTaskStatus",
  description: "How far an import is.",
  meanings: {
    pending: "The records are not stored yet.",
    succeeded: "It is done; single records may have failed.",
    failed: "It is done and nothing was stored.",
  },
});

/** A remote service's task is known by its id alone. */
export type TaskModel = Omit<Task, "collectionId"> & { readonly collectionId?: string };

@ObjectType({ description: "Records that were accepted and are stored later." })
@Directive('@key(fields: "id")')
export class ImportTask {
  readonly model: TaskModel;

  constructor(model: TaskModel) {
    this.model = model;
  }

  @Field(() => ID, { description: "The contract's own id of the task." })
  get id(): string {
    return this.model.id;
  }

  @Field(() => ImportTaskStatus, { description: "How far it is." })
  get status(): TaskState {
    return this.model.state;
  }

  @Field(() => Int, { description: "How far it is, 0 to 100." })
  get progress(): number {
    return this.model.state === "pending" ? 0 : 100;
  }

  @Field(() => Int, { nullable: true, description: "How many records it has." })
  get totalCount(): number {
    return this.model.totalCount;
  }

  @Field(() => Int, { nullable: true, description: "How many records were stored; null while it is pending." })
  get successCount(): number | undefined {
    return this.model.successCount;
  }

  @Field(() => Int, { nullable: true, description: "How many records were refused; null while it is pending." })
  get failCount(): number | undefined {
    return this.model.failCount;
  }

  @Field(() => WriteError, { nullable: true, description: "Why the whole task failed; null unless it did." })
  get error(): AnyWriteError | undefined {
    const { error, provider } = this.model;
    return error && toWriteError(refusedBeforeCall({ provider, ...error }));
  }

  @Field(() => RecordCollection, { nullable: true, description: "Where the records go; null for a remote provider." })
  collection(@Ctx() context: GraphqlContext): Promise<RecordCollection | undefined> {
    return loadCollection(this.model.collectionId, context);
  }

  @Field(() => DateTime, { description: "When the records were accepted." })
  get createdAt(): Date {
    return this.model.createdAt;
  }

  @Field(() => DateTime, { nullable: true, description: "When it was done; null while it is pending." })
  get finishedAt(): Date | undefined {
    return this.model.finishedAt;
  }
}

export const ImportTaskConnection = createConnectionType("ImportTask", () => ImportTask);

@ObjectType({ description: "Why a record of an import was refused." })
class ImportFailure {
  @Field(() => Int, { nullable: true, description: "Which record, counted from 0; null when the whole batch was refused." })
  readonly recordIndex?: number;

  @Field(() => String, { nullable: true, description: "Which field; null when unknown." })
  readonly field?: string;

  @Field(() => String, { description: "What was wrong, in the words of the contract." })
  readonly message!: string;
}

export const ImportFailureConnection = createConnectionType("ImportFailure", () => ImportFailure);
