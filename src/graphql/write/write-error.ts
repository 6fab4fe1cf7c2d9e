import { Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import type { ProviderFailure, RetryRule, UpstreamError, WriteOutcome } from "../../core/failure.js";
import { Retryable, WriteOutcomes } from "./write-enums.js";

@ObjectType("UpstreamError", { description: "What the service said, verbatim." })
class UpstreamErrorType {
  @Field(() => Int, { nullable: true, description: "The HTTP status of its reply." })
  readonly httpStatus?: number;

  @Field(() => String, { nullable: true, description: "Its own code; null where its reply has none." })
  readonly code?: string;

  @Field(() => String, { nullable: true, description: "Its message." })
  readonly message?: string;

  @Field(() => String, { nullable: true, description: "Its name for the request, for its support." })
  readonly requestId?: string;
}

@InterfaceType({ description: "Why a write was not done. Each kind of failure is a type of its own." })
export abstract class WriteError {
  @Field(() => String, { description: "What was wrong and where." })
  readonly message: string;

  @Field(() => ID, { description: "The id of the provider; `recordgate` where a request named nothing that belongs to a provider." })
  readonly provider: string;

  @Field(() => Retryable, { description: "Whether a request that fails this way may be sent again, as the contract says." })
  readonly retryable: RetryRule;

  @Field(() => Boolean, { description: "Whether this very request may be sent again without a second copy of its records." })
  readonly safeToResend: boolean;

  @Field(() => WriteOutcomes, { description: "Whether the records may be in the service." })
  readonly outcome: WriteOutcome;

  @Field(() => UpstreamErrorType, { nullable: true, description: "What the service said; null when it was not asked or did not answer." })
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
