import { createUnionType, Field, ObjectType } from "type-graphql";
import type { PartialReceipt, WrittenPart } from "../../application/split-write.js";
import type { WriteReceipt } from "../../core/write.js";
import type { GraphqlContext } from "../context.js";
import { InsertRecordsAccepted, toAccepted } from "./insert-records-accepted.js";
import { PartPlace, partResultDescription, partsDescription } from "./part-place.js";
import { allWriteErrors, type AnyWriteError, toPartResult } from "./to-write-error.js";
import { InsertRecordsSuccess } from "./write-success.js";

export const InsertRecordsResult = createUnionType({
  name: "InsertRecordsResult",
  description: "The result of `insertRecords`.",
  types: () => [InsertRecordsSuccess, InsertRecordsAccepted, InsertRecordsPartial, ...allWriteErrors],
});

type InsertedPart = InsertRecordsSuccess | InsertRecordsAccepted | AnyWriteError;

@ObjectType({ description: "A part of an insert with `batching: SPLIT`: one call of the service, atomic by itself." })
class WritePart extends PartPlace {
  @Field(() => InsertRecordsResult, { description: partResultDescription })
  readonly result: InsertedPart;

  constructor(index: number, part: WrittenPart, result: InsertedPart) {
    super(index, part);
    this.result = result;
  }
}

@ObjectType({
  description:
    "An insert with `batching: SPLIT` of which some parts are stored and the next one failed, or whose parts became several imports.",
})
export class InsertRecordsPartial {
  @Field(() => [WritePart], { description: partsDescription })
  readonly parts: readonly WritePart[];

  constructor(parts: readonly WritePart[]) {
    this.parts = parts;
  }
}

interface Inserted {
  readonly provider: string;
  readonly recordCount: number;
}

export function toInsertRecordsResult(
  receipt: WriteReceipt | PartialReceipt,
  sent: Inserted,
  context: GraphqlContext,
): InsertRecordsSuccess | Promise<InsertRecordsAccepted | InsertRecordsPartial> {
  return receipt.status === "partial" ? toPartial(receipt, sent, context) : toInserted(receipt, sent, context);
}

async function toPartial(
  receipt: PartialReceipt,
  { provider }: Inserted,
  context: GraphqlContext,
): Promise<InsertRecordsPartial> {
  const parts = receipt.parts.map(async (part, index) => {
    const { recordCount } = part;
    const result = toPartResult(part, (stored) => toInserted(stored, { provider, recordCount }, context));
    return new WritePart(index, part, await result);
  });
  return new InsertRecordsPartial(await Promise.all(parts));
}

/** Nothing that is stored waits. */
function toInserted(
  receipt: WriteReceipt,
  sent: Inserted,
  context: GraphqlContext,
): InsertRecordsSuccess | Promise<InsertRecordsAccepted> {
  return receipt.status === "stored" ? new InsertRecordsSuccess(receipt) : toAccepted(receipt, sent, context);
}
