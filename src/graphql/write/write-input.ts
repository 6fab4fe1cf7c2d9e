import { Field, InputType } from "type-graphql";
import type { WriteRequest } from "../../application/write-records.js";
import type { WriteOperation } from "../../core/write.js";
import type { JsonObject } from "../../json/value.js";
import type { GraphqlContext } from "../context.js";
import { InsertTarget, UpsertTarget } from "../inputs/placeholders.js";
import type { ProviderChoice } from "../inputs/provider-inputs.js";
import { JsonObjectScalar } from "../schema/scalars.js";
import { batchingWords, Batchings } from "./write-enums.js";

/** The input of both write operations. */
export interface WriteInput {
  readonly target: ProviderChoice;
  readonly records: readonly JsonObject[];
  readonly batching?: keyof typeof batchingWords | null;
}

export function toWriteRequest(
  operation: WriteOperation,
  { target, records, batching }: WriteInput,
  { inputs, origin }: Pick<GraphqlContext, "inputs" | "origin">,
): WriteRequest {
  const { provider, value } = inputs.read(operation, target);
  return { provider, operation, target: value, records, batching: batchingWords[batching ?? "NONE"], origin };
}

@InputType({ description: "The input of `insertRecords`." })
export class InsertRecordsInput implements WriteInput {
  @Field(() => InsertTarget, { description: "The provider and its collection, in the provider's own terms." })
  readonly target!: ProviderChoice;

  @Field(() => [JsonObjectScalar], { description: "Plain field -> value objects, for every provider." })
  readonly records!: readonly JsonObject[];

  @Field(() => Batchings, {
    nullable: true,
    defaultValue: "NONE",
    description: "Whether records over the limits of the contract may become several calls.",
  })
  readonly batching?: keyof typeof batchingWords | null;
}

@InputType({ description: "The input of `upsertEntities`." })
export class UpsertEntitiesInput implements WriteInput {
  @Field(() => UpsertTarget, { description: "The provider and its collection, in the provider's own terms." })
  readonly target!: ProviderChoice;

  @Field(() => [JsonObjectScalar], { description: "Plain field -> value objects with their keys, for every provider." })
  readonly records!: readonly JsonObject[];

  @Field(() => Batchings, {
    nullable: true,
    defaultValue: "NONE",
    description: "Whether entities over the limits of the contract may become several calls.",
  })
  readonly batching?: keyof typeof batchingWords | null;
}
