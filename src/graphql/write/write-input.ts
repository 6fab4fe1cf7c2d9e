import { Field, InputType } from "type-graphql";
import type { JsonObject } from "../../json/value.js";
import { InsertTarget, UpsertTarget } from "../inputs/placeholders.js";
import type { ProviderChoice } from "../inputs/provider-inputs.js";
import { JsonObjectScalar } from "../schema/scalars.js";

/** What both ways of writing are given. */
export interface WriteInput {
  readonly target: ProviderChoice;
  readonly records: readonly JsonObject[];
}

@InputType({ description: "What `insertRecords` needs." })
export class InsertRecordsInput implements WriteInput {
  @Field(() => InsertTarget, { description: "The provider and the collection in its words." })
  readonly target!: ProviderChoice;

  @Field(() => [JsonObjectScalar], { description: "Plain field -> value objects, whichever the provider." })
  readonly records!: readonly JsonObject[];
}

@InputType({ description: "What `upsertEntities` needs." })
export class UpsertEntitiesInput implements WriteInput {
  @Field(() => UpsertTarget, { description: "The provider and the collection in its words." })
  readonly target!: ProviderChoice;

  @Field(() => [JsonObjectScalar], { description: "Plain field -> value objects with their keys, whichever the provider." })
  readonly records!: readonly JsonObject[];
}
