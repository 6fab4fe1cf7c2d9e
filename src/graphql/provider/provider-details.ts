import { Field, Float, Int, ObjectType } from "type-graphql";
import type { FailureKind, RetryRule } from "../../core/failure.js";
import { Retryable, WriteErrorKinds } from "../write/write-enums.js";

@ObjectType({ description: "A way of writing that a provider has, and the REST endpoint behind it." })
export class ProviderOperation {
  @Field(() => String, { description: "The mutation: `insertRecords` or `upsertEntities`." })
  readonly name!: string;

  @Field(() => String, { description: "The contract's name." })
  readonly contract!: string;

  @Field(() => String, { description: "What the endpoint does." })
  readonly summary!: string;

  @Field(() => String, { description: "The document the contract comes from." })
  readonly source!: string;

  @Field(() => String, { description: "The HTTP method of the endpoint." })
  readonly method!: string;

  @Field(() => String, { description: "The path of the endpoint; `{name}` stands for one segment." })
  readonly path!: string;

  @Field(() => String, { nullable: true, description: "The scope that the contract asks for; null when it asks for none." })
  readonly requiredScope?: string;

  @Field(() => Boolean, { description: "Whether a repeat of a request cannot apply it twice." })
  readonly idempotent!: boolean;
}

@ObjectType({ description: "A number that a request must not pass." })
export class ProviderLimit {
  @Field(() => String, { description: "The mutation that it limits." })
  readonly operation!: string;

  @Field(() => String, { description: "The limit's name." })
  readonly name!: string;

  @Field(() => Float, { nullable: true, description: "The number in force; null means none." })
  readonly max?: number;

  @Field(() => String, { description: "What is counted: `bytes` or `records`." })
  readonly unit!: string;

  @Field(() => String, { description: "What exactly is counted." })
  readonly description!: string;
}

@ObjectType({ description: "One documented way in which a contract fails." })
export class ProviderFailureRow {
  @Field(() => String, { description: "The contract's name." })
  readonly contract!: string;

  @Field(() => String, { description: "The row's name, unique in its contract." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "The contract's own code; null where it has none." })
  readonly code?: string;

  @Field(() => Int, { description: "The HTTP status of the reply." })
  readonly httpStatus!: number;

  @Field(() => String, { description: "The service's message; `{name}` stands for what differs from reply to reply." })
  readonly message!: string;

  @Field(() => WriteErrorKinds, { description: "What kind of error it becomes." })
  readonly kind!: FailureKind;

  @Field(() => Retryable, { description: "Whether a request refused this way may be sent again." })
  readonly retryable!: RetryRule;
}
