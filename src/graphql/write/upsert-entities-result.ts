import { createUnionType, Field, ObjectType } from "type-graphql";
import type { PartialReceipt, WrittenPart } from "../../application/split-write.js";
import type { WriteReceipt } from "../../core/write.js";
import { PartPlace, partResultDescription, partsDescription } from "./part-place.js";
import { allWriteErrors, type AnyWriteError, toPartResult } from "./to-write-error.js";
import { UpsertEntitiesSuccess } from "./write-success.js";

export const UpsertEntitiesResult = createUnionType({
  name: "UpsertEntitiesResult",
  description: "The result of `upsertEntities`.",
  types: () => [UpsertEntitiesSuccess, UpsertEntitiesPartial, ...allWriteErrors],
});

type UpsertedPart = UpsertEntitiesSuccess | AnyWriteError;

@ObjectType({ description: "A part of an upsert with `batching: SPLIT`: one call of the service, atomic by itself." })
class UpsertPart extends PartPlace {
  @Field(() => UpsertEntitiesResult, { description: partResultDescription })
  readonly result: UpsertedPart;

  constructor(index: number, part: WrittenPart, result: UpsertedPart) {
    super(index, part);
    this.result = result;
  }
}

@ObjectType({
  description: "An upsert with `batching: SPLIT` of which some parts are stored and the next one failed.",
})
export class UpsertEntitiesPartial {
  @Field(() => [UpsertPart], { description: partsDescription })
  readonly parts: readonly UpsertPart[];

  constructor(parts: readonly UpsertPart[]) {
    this.parts = parts;
  }
}

export function toUpsertEntitiesResult(
  receipt: WriteReceipt | PartialReceipt,
  provider: string,
): UpsertEntitiesSuccess | UpsertEntitiesPartial {
  if (receipt.status !== "partial") return toUpserted(receipt, provider);
  return new UpsertEntitiesPartial(
    receipt.parts.map(
      (part, index) =>
        new UpsertPart(
          index,
          part,
          toPartResult(part, (stored) => toUpserted(stored, provider)),
        ),
    ),
  );
}

function toUpserted(receipt: WriteReceipt, provider: string): UpsertEntitiesSuccess {
  if (receipt.status === "stored") return new UpsertEntitiesSuccess(receipt);
  throw new Error(`provider ${provider} only accepted an upsert, which no contract does`);
}
