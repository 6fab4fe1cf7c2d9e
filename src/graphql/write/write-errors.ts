import { Field, Float, Int, ObjectType } from "type-graphql";
import type { ProviderFailure, Violation } from "../../core/failure.js";
import { WriteError } from "./write-error.js";

@ObjectType("Violation", { description: "A fault of one value." })
class ViolationType {
  @Field(() => Int, { nullable: true, description: "The index of the record in the request, counted from 0; null when unknown or when the fault is not in a record." })
  readonly recordIndex?: number;

  @Field(() => String, { nullable: true, description: "The field; null when unknown." })
  readonly field?: string;

  @Field(() => String, { description: "A stable identifier of the violated rule, e.g. `max-length`." })
  readonly rule!: string;

  @Field(() => String, { description: "A description of the fault." })
  readonly message!: string;
}

@ObjectType({ implements: WriteError, description: "The service does not accept the request or one of its records." })
export class WriteInvalidInputError extends WriteError {
  @Field(() => [ViolationType], { description: "The faults by value, as far as they are known." })
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
  @Field(() => String, { nullable: true, description: "The scope that the contract requires, by its own name." })
  readonly requiredScope?: string;

  constructor(failure: ProviderFailure) {
    super(failure);
    this.requiredScope = failure.details.requiredScope;
  }
}

@ObjectType({ implements: WriteError, description: "The collection or its container does not exist." })
export class WriteNotFoundError extends WriteError {}

@ObjectType({ implements: WriteError, description: "The name or value already exists, or a concurrent request changed it." })
export class WriteConflictError extends WriteError {}

@ObjectType({ implements: WriteError, description: "The service has already received this request." })
export class WriteDuplicateRequestError extends WriteError {}

@ObjectType({ implements: WriteError, description: "The request exceeds a limit of the contract." })
export class WritePayloadTooLargeError extends WriteError {
  @Field(() => Float, { nullable: true, description: "The limit." })
  readonly limit?: number;

  @Field(() => Float, { nullable: true, description: "The number in the request." })
  readonly actual?: number;

  @Field(() => String, { nullable: true, description: "The unit of the numbers: `bytes` or `records`." })
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
  @Field(() => Int, { nullable: true, description: "The wait before a repeat in milliseconds; null where the service does not state it." })
  readonly retryAfterMs?: number;

  constructor(failure: ProviderFailure) {
    super(failure);
    this.retryAfterMs = failure.details.retryAfterMs;
  }
}

@ObjectType({ implements: WriteError, description: "The target exists and cannot accept records yet." })
export class WriteNotReadyError extends WriteError {
  @Field(() => Int, { nullable: true, description: "The wait before a repeat in milliseconds; null where the service does not state it." })
  readonly retryAfterMs?: number;

  constructor(failure: ProviderFailure) {
    super(failure);
    this.retryAfterMs = failure.details.retryAfterMs;
  }
}

@ObjectType({ implements: WriteError, description: "The target exists and is damaged: its owner has to repair it." })
export class WriteResourceBrokenError extends WriteError {}

@ObjectType({ implements: WriteError, description: "The service did not answer in time." })
export class WriteTimeoutError extends WriteError {}

@ObjectType({ implements: WriteError, description: "The service could not be reached or does not work at present." })
export class WriteUnavailableError extends WriteError {}

@ObjectType({ implements: WriteError, description: "The service failed or answered outside its contract." })
export class WriteInternalError extends WriteError {}
