import { Ctx, Field, ID, Int, ObjectType } from "type-graphql";
import type { StoredReceipt } from "../../core/write.js";
import { loadCollection, RecordCollection } from "../collection/record-collection.js";
import type { GraphqlContext } from "../context.js";

/** What both successes tell. */
@ObjectType()
abstract class WriteSuccess {
  protected readonly receipt: StoredReceipt;

  constructor(receipt: StoredReceipt) {
    this.receipt = receipt;
  }

  @Field(() => [ID], { nullable: true, description: "The ids that the service gave, in the order of the records; null where it answers none." })
  get ids(): readonly string[] | undefined {
    return this.receipt.ids;
  }

  @Field(() => [String], { description: "What the service did otherwise than asked." })
  get warnings(): readonly string[] {
    return this.receipt.warnings;
  }

  @Field(() => RecordCollection, { nullable: true, description: "Where the records are; null for a remote provider." })
  collection(@Ctx() context: GraphqlContext): Promise<RecordCollection | undefined> {
    return loadCollection(this.receipt.collectionId, context);
  }
}

@ObjectType({ description: "The records are stored." })
export class InsertRecordsSuccess extends WriteSuccess {
  @Field(() => Int, { description: "How many records were stored." })
  get insertedCount(): number {
    return this.receipt.count;
  }

  @Field(() => Int, { description: "How many records the service was told to skip and did." })
  get skippedCount(): number {
    return this.receipt.skippedCount;
  }
}

@ObjectType({ description: "The entities are stored; those that had the same keys are replaced." })
export class UpsertEntitiesSuccess extends WriteSuccess {
  @Field(() => Int, { description: "How many entities were stored." })
  get upsertedCount(): number {
    return this.receipt.count;
  }
}
