import { Field, ObjectType } from "type-graphql";
import type { JsonObject } from "../../json/value.js";
import { JsonObjectScalar } from "../schema/scalars.js";

@ObjectType({ description: "A collection and inputs for trying a provider. All values are invented." })
export class ProviderSample {
  @Field(() => JsonObjectScalar, { description: "A definition for `createCollection`, below the provider's field. A new embedded database already has the collection." })
  readonly definition!: JsonObject;

  @Field(() => JsonObjectScalar, { description: "A `target` for any of the provider's operations, below the provider's field." })
  readonly target!: JsonObject;

  @Field(() => [JsonObjectScalar], { description: "Valid records." })
  readonly records!: readonly JsonObject[];

  @Field(() => JsonObjectScalar, { description: "An invalid record, which is refused, or dropped by an import." })
  readonly faultyRecord!: JsonObject;

  @Field(() => String, { description: "The invalid field of `faultyRecord`." })
  readonly faultyField!: string;

  @Field(() => JsonObjectScalar, { description: "A well-formed target that does not exist." })
  readonly absentTarget!: JsonObject;
}
