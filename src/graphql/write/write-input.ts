import { Field, InputType } from "type-graphql";
import type { JsonObject } from "../../json/value.js";
import { InsertTarget, UpsertTarget } from "../inputs/placeholders.js";
import type { ProviderChoice } from "../inputs/provider-inputs.js";
import { JsonObjectScalar } from "../schema/scalars.js";

/** The input of both write operations. */
export interface WriteInput {
  readonly target: ProviderChoice;
  readonly records: readonly JsonObject[];
}

@InputType({ description: "The input of `insertRecords`." })
export class InsertRecordsInput implements WriteInput {
  @Field(() => InsertTarget, { description: "The provider and its collection, in the provider's own terms." })
  readonly target!: ProviderChoice;

  @Field(() => [JsonObjectScalar], { description: "Plain field -> value objects, for every provider." })
  readonly records!: readonly JsonObject[];
}

@InputType({ description: "The input of `upsertEntities`." })
export class UpsertEntitiesInput implements WriteInput {
  @Field(() => UpsertTarget, { description: "The provider and its collection, in the provider's own terms." })
  readonly target!: ProviderChoice;

  @Field(() => [JsonObjectScalar], { description: "Plain field -> value objects with their keys, for every provider." })
  readonly records!: readonly JsonObject[];
}
