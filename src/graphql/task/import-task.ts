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
  description: "The state of an import.",
  meanings: {
    pending: "The records are not stored yet.",
    succeeded: "The import has finished; single records may have failed.",
    failed: "The import has finished without storing a record, or it is not known how: `error` tells.",
  },
});

@ObjectType({ description: "The asynchronous import of accepted records." })
@Directive('@key(fields: "id")')
export class ImportTask {
  readonly model: Task;

  constructor(model: Task) {
    this.model = model;
  }

  @Field(() => ID, {
    description:
      "The id of the task: of an embedded provider the contract's own one, of a remote provider this server's.",
  })
  get id(): string {
    return this.model.id;
  }

  @Field(() => ID, {
    nullable: true,
    description: "The remote service's own id of the task; null for an embedded provider.",
  })
  get upstreamTaskId(): string | undefined {
    return this.model.mirrors?.id;
  }

  @Field(() => ImportTaskStatus, { description: "The state of the import." })
  get status(): TaskState {
    return this.model.state;
  }

  @Field(() => Int, { description: "The progress in percent, 0 to 100." })
  get progress(): number {
    return this.model.state === "pending" ? 0 : 100;
  }

  @Field(() => Int, { nullable: true, description: "The number of records of the import." })
  get totalCount(): number {
    return this.model.totalCount;
  }

  @Field(() => Int, {
    nullable: true,
    description: "The number of stored records; null while the import is pending, and where it is not known.",
  })
  get successCount(): number | undefined {
    return this.model.successCount;
  }

  @Field(() => Int, {
    nullable: true,
    description: "The number of refused records; null while the import is pending, and where it is not known.",
  })
  get failCount(): number | undefined {
    return this.model.failCount;
  }

  @Field(() => WriteError, {
    nullable: true,
    description: "The error of a task that failed as a whole; null for other tasks.",
  })
  get error(): AnyWriteError | undefined {
    const { error, provider } = this.model;
    return (
      error && toWriteError(refusedBeforeCall({ provider, ...error }).as({ outcome: error.outcome ?? "not-applied" }))
    );
  }

  @Field(() => RecordCollection, { nullable: true, description: "The target collection; null for a remote provider." })
  collection(@Ctx() context: GraphqlContext): Promise<RecordCollection | undefined> {
    return loadCollection(this.model.collectionId, context);
  }

  @Field(() => DateTime, { description: "The time at which the service accepted the records." })
  get createdAt(): Date {
    return this.model.createdAt;
  }

  @Field(() => DateTime, { nullable: true, description: "The end of the import; null while the import is pending." })
  get finishedAt(): Date | undefined {
    return this.model.finishedAt;
  }
}

export const ImportTaskConnection = createConnectionType("ImportTask", () => ImportTask);

@ObjectType({ description: "The failure of a record of an import." })
class ImportFailure {
  @Field(() => Int, {
    nullable: true,
    description:
      "The index of the record, counted from 0; null for a failure of the whole batch, and where the service does not tell.",
  })
  readonly recordIndex?: number;

  @Field(() => String, { nullable: true, description: "The field; null when unknown." })
  readonly field?: string;

  @Field(() => String, { description: "The contract's message." })
  readonly message!: string;
}

export const ImportFailureConnection = createConnectionType("ImportFailure", () => ImportFailure);
