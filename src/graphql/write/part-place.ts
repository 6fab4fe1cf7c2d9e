import { Field, Int, ObjectType } from "type-graphql";
import type { WrittenPart } from "../../application/split-write.js";

/** The fields of the parts of both operations. */
@ObjectType()
export abstract class PartPlace {
  @Field(() => Int, { description: "The position of the part, from 0. Parts are sent in this order, one at a time." })
  readonly index: number;

  @Field(() => Int, { description: "The index of its first record in the request, from 0." })
  readonly firstRecord: number;

  @Field(() => Int, { description: "The number of its records, which follow each other in the request." })
  readonly recordCount: number;

  constructor(index: number, { firstRecord, recordCount }: WrittenPart) {
    this.index = index;
    this.firstRecord = firstRecord;
    this.recordCount = recordCount;
  }
}

/** Of both operations' types of a part's result. */
export const partResultDescription =
  "The result of the part alone: counts, ids, `outcome` and `safeToResend` are those of its records. `recordIndex` of a violation counts in the whole request; messages, warnings and imports of the service count in the part.";

/** Of both operations' lists of parts. */
export const partsDescription =
  "The parts that were sent or refused, in their order. An error is the last one: the records behind it were not sent and are not listed.";
