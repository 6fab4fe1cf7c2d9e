import { Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import type { ProviderFailure, RetryRule, UpstreamError, WriteOutcome } from "../../core/failure.js";
import { Retryable, WriteOutcomes } from "./write-enums.js";

@ObjectType("UpstreamError", { description: "The service's own error, verbatim." })
class UpstreamErrorType {
  @Field(() => Int, { nullable: true, description: "The HTTP status of its reply." })
  readonly httpStatus?: number;

  @Field(() => String, { nullable: true, description: "The service's code; null for a reply without a code." })
  readonly code?: string;

  @Field(() => String, { nullable: true, description: "The service's message." })
  readonly message?: string;

  @Field(() => String, { nullable: true, description: "The service's id of the request, for inquiries to its support." })
  readonly requestId?: string;
}

@InterfaceType({ description: "The failure of a write. Each kind of failure has its own type." })
export abstract class WriteError {
  @Field(() => String, { description: "A description of the failure and its place." })
  readonly message: string;

  @Field(() => ID, { description: "The id of the provider; `recordgate` for a request that does not name anything of a provider." })
  readonly provider: string;

  @Field(() => Retryable, { description: "The contract's rule for repeating a request with this failure." })
  readonly retryable: RetryRule;

  @Field(() => Boolean, { description: "Whether this very request may be sent again without a second copy of its records." })
  readonly safeToResend: boolean;

  @Field(() => WriteOutcomes, { description: "Whether the service may have stored the records." })
  readonly outcome: WriteOutcome;

  @Field(() => UpstreamErrorType, { nullable: true, description: "The service's own error; null when it was not called or did not answer." })
  readonly upstream?: UpstreamError;

  constructor(failure: ProviderFailure) {
    const { details, safeToResend } = failure;
    this.message = details.message;
    this.provider = details.provider;
    this.retryable = details.retry;
    this.safeToResend = safeToResend;
    this.outcome = details.outcome;
    this.upstream = details.upstream;
  }
}
