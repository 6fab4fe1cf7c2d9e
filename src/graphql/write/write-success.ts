import { Ctx, Field, ID, Int, ObjectType } from "type-graphql";
import type { StoredReceipt } from "../../core/write.js";
import { loadCollection, RecordCollection } from "../collection/record-collection.js";
import type { GraphqlContext } from "../context.js";

/** The fields of both success types. */
@ObjectType()
abstract class WriteSuccess {
  protected readonly receipt: StoredReceipt;

  constructor(receipt: StoredReceipt) {
    this.receipt = receipt;
  }

  @Field(() => [ID], { nullable: true, description: "The ids from the service, in the order of the records; null where it does not answer ids." })
  get ids(): readonly string[] | undefined {
    return this.receipt.ids;
  }

  @Field(() => [String], { description: "Deviations of the service from the request." })
  get warnings(): readonly string[] {
    return this.receipt.warnings;
  }

  @Field(() => RecordCollection, { nullable: true, description: "The collection of the records; null for a remote provider." })
  collection(@Ctx() context: GraphqlContext): Promise<RecordCollection | undefined> {
    return loadCollection(this.receipt.collectionId, context);
  }
}

@ObjectType({ description: "The records are stored." })
export class InsertRecordsSuccess extends WriteSuccess {
  @Field(() => Int, { description: "The number of stored records." })
  get insertedCount(): number {
    return this.receipt.count;
  }

  @Field(() => Int, { description: "The number of invalid records that the service skipped, as the target allows." })
  get skippedCount(): number {
    return this.receipt.skippedCount;
  }
}

@ObjectType({ description: "The entities are stored; those that had the same keys are replaced." })
export class UpsertEntitiesSuccess extends WriteSuccess {
  @Field(() => Int, { description: "The number of stored entities." })
  get upsertedCount(): number {
    return this.receipt.count;
  }
}
