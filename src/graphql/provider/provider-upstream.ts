import { Field, Int, ObjectType } from "type-graphql";
import type { UpstreamState } from "../../contract/client/upstream-watch.js";
import type { FailureKind } from "../../core/failure.js";
import { DateTime } from "../schema/scalars.js";
import { WriteErrorKinds } from "../write/write-enums.js";

@ObjectType({ description: "The last failed call to a real service, since the start of this process." })
class UpstreamFailure {
  @Field(() => WriteErrorKinds, { description: "The GraphQL error type of the failure." })
  readonly kind!: FailureKind;

  @Field(() => DateTime, { description: "When the call failed." })
  readonly at!: Date;
}

@ObjectType({ description: "A real service behind a provider, as this process sees it." })
export class ProviderUpstream {
  readonly #state: UpstreamState;

  constructor(state: UpstreamState) {
    this.#state = state;
  }

  @Field(() => Int, { description: "Calls that have been sent and not been answered." })
  get callsInFlight(): number {
    return this.#state.callsInFlight;
  }

  @Field(() => UpstreamFailure, { nullable: true, description: "The last failed call; null when none has failed." })
  get lastFailure(): UpstreamState["lastFailure"] {
    return this.#state.lastFailure;
  }
}
