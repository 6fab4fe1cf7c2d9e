import { Field, Float, Int, ObjectType } from "type-graphql";
import type { FailureKind, RetryRule } from "../../core/failure.js";
import { Retryable, WriteErrorKinds } from "../write/write-enums.js";

@ObjectType({ description: "A write operation of a provider, with the REST endpoint behind it." })
export class ProviderOperation {
  @Field(() => String, { description: "The mutation: `insertRecords` or `upsertEntities`." })
  readonly name!: string;

  @Field(() => String, { description: "The contract's name." })
  readonly contract!: string;

  @Field(() => String, { description: "A description of the endpoint." })
  readonly summary!: string;

  @Field(() => String, { description: "The document behind the contract." })
  readonly source!: string;

  @Field(() => String, { description: "The HTTP method of the endpoint." })
  readonly method!: string;

  @Field(() => String, { description: "The path of the endpoint; `{name}` is a placeholder for one segment." })
  readonly path!: string;

  @Field(() => String, {
    nullable: true,
    description: "The scope that the contract requires; null when it does not require one.",
  })
  readonly requiredScope?: string;

  @Field(() => Boolean, { description: "Whether a repeat of a request cannot apply it twice." })
  readonly idempotent!: boolean;
}

@ObjectType({ description: "A number that a request must not exceed." })
export class ProviderLimit {
  @Field(() => String, { description: "The limited mutation." })
  readonly operation!: string;

  @Field(() => String, { description: "The limit's name." })
  readonly name!: string;

  @Field(() => Float, {
    nullable: true,
    description: "The configured number, else that of the contract; null means no limit.",
  })
  readonly max?: number;

  @Field(() => Float, {
    nullable: true,
    description: "The largest part of a write with `batching: SPLIT`; null where this does not limit parts.",
  })
  readonly partMax?: number;

  @Field(() => String, { description: "The unit of the numbers: `bytes` or `records`." })
  readonly unit!: string;

  @Field(() => String, { description: "A description of the counted quantity." })
  readonly description!: string;
}

@ObjectType({ description: "A documented failure of a contract." })
export class ProviderFailureRow {
  @Field(() => String, { description: "The contract's name." })
  readonly contract!: string;

  @Field(() => String, { description: "The row's name, unique in its contract." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "The contract's own code; null for a failure without a code." })
  readonly code?: string;

  @Field(() => Int, { description: "The HTTP status of the reply." })
  readonly httpStatus!: number;

  @Field(() => String, { description: "The service's message; `{name}` is a placeholder for a value of the reply." })
  readonly message!: string;

  @Field(() => WriteErrorKinds, { description: "The GraphQL error type of the failure." })
  readonly kind!: FailureKind;

  @Field(() => Retryable, { description: "Whether a request with this failure may be sent again." })
  readonly retryable!: RetryRule;
}
