import { Field, Float, Int, ObjectType } from "type-graphql";
import type { ProviderFailure, Violation } from "../../core/failure.js";
import { WriteError } from "./write-error.js";

@ObjectType("Violation", { description: "One thing wrong with one value." })
class ViolationType {
  @Field(() => Int, { nullable: true, description: "Which record, counted from 0 as in the request; null when unknown or when it is no record." })
  readonly recordIndex?: number;

  @Field(() => String, { nullable: true, description: "Which field; null when unknown." })
  readonly field?: string;

  @Field(() => String, { description: "A stable word for what is wrong, e.g. `max-length`." })
  readonly rule!: string;

  @Field(() => String, { description: "What is wrong, in a sentence." })
  readonly message!: string;
}

@ObjectType({ implements: WriteError, description: "The request or a record is not what the service takes." })
export class WriteInvalidInputError extends WriteError {
  @Field(() => [ViolationType], { description: "What is wrong, value by value, as far as it is known." })
  readonly violations: readonly Violation[];

  constructor(failure: ProviderFailure) {
    super(failure);
    this.violations = failure.details.violations ?? [];
  }
}

@ObjectType({ implements: WriteError, description: "The service did not accept the credentials." })
export class WriteUnauthenticatedError extends WriteError {}

@ObjectType({ implements: WriteError, description: "The caller may not do this." })
export class WritePermissionDeniedError extends WriteError {
  @Field(() => String, { nullable: true, description: "The scope that the contract asks for, in its own words." })
  readonly requiredScope?: string;

  constructor(failure: ProviderFailure) {
    super(failure);
    this.requiredScope = failure.details.requiredScope;
  }
}

@ObjectType({ implements: WriteError, description: "The collection or what holds it does not exist." })
export class WriteNotFoundError extends WriteError {}

@ObjectType({ implements: WriteError, description: "Something of that name or value exists already, or was changed at the same time." })
export class WriteConflictError extends WriteError {}

@ObjectType({ implements: WriteError, description: "The service has seen this very request before." })
export class WriteDuplicateRequestError extends WriteError {}

@ObjectType({ implements: WriteError, description: "A limit of the contract was passed." })
export class WritePayloadTooLargeError extends WriteError {
  @Field(() => Float, { nullable: true, description: "The limit." })
  readonly limit?: number;

  @Field(() => Float, { nullable: true, description: "What the request had." })
  readonly actual?: number;

  @Field(() => String, { nullable: true, description: "What is counted: `bytes` or `records`." })
  readonly unit?: string;

  constructor(failure: ProviderFailure) {
    super(failure);
    const { limit, actual, unit } = failure.details.exceeded ?? {};
    this.limit = limit;
    this.actual = actual;
    this.unit = unit;
  }
}

@ObjectType({ implements: WriteError, description: "Too many requests." })
export class WriteRateLimitedError extends WriteError {
  @Field(() => Int, { nullable: true, description: "How long to wait, in milliseconds, where the service says so." })
  readonly retryAfterMs?: number;

  constructor(failure: ProviderFailure) {
    super(failure);
    this.retryAfterMs = failure.details.retryAfterMs;
  }
}

@ObjectType({ implements: WriteError, description: "What is addressed exists and cannot take records yet." })
export class WriteNotReadyError extends WriteError {
  @Field(() => Int, { nullable: true, description: "How long to wait, in milliseconds, where the service says so." })
  readonly retryAfterMs?: number;

  constructor(failure: ProviderFailure) {
    super(failure);
    this.retryAfterMs = failure.details.retryAfterMs;
  }
}

@ObjectType({ implements: WriteError, description: "What is addressed exists and is damaged: its owner has to mend it." })
export class WriteResourceBrokenError extends WriteError {}

@ObjectType({ implements: WriteError, description: "The service did not answer in time." })
export class WriteTimeoutError extends WriteError {}

@ObjectType({ implements: WriteError, description: "The service could not be reached or does not work at present." })
export class WriteUnavailableError extends WriteError {}

@ObjectType({ implements: WriteError, description: "The service failed or answered outside its contract." })
export class WriteInternalError extends WriteError {}
