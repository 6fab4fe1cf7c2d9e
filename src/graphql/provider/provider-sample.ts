import { Field, ObjectType } from "type-graphql";
import type { JsonObject } from "../../json/value.js";
import { JsonObjectScalar } from "../schema/scalars.js";

@ObjectType({ description: "A collection to try a provider with, and what to send to it. All values are made up." })
export class ProviderSample {
  @Field(() => JsonObjectScalar, { description: "For `createCollection`, below the provider's field. A new embedded database has it already." })
  readonly definition!: JsonObject;

  @Field(() => JsonObjectScalar, { description: "For the `target` of any of the provider's operations, below the provider's field." })
  readonly target!: JsonObject;

  @Field(() => [JsonObjectScalar], { description: "Records that are stored." })
  readonly records!: readonly JsonObject[];

  @Field(() => JsonObjectScalar, { description: "A record that is refused, or dropped by an import." })
  readonly faultyRecord!: JsonObject;

  @Field(() => String, { description: "The field for whose sake it is." })
  readonly faultyField!: string;

  @Field(() => JsonObjectScalar, { description: "A well-formed target that does not exist." })
  readonly absentTarget!: JsonObject;
}
