import { Directive, Field, ID, ObjectType } from "type-graphql";
import type { ConnectedProvider, ProviderMode } from "../../application/providers.js";
import type { Fields } from "../schema/fields.js";
import { ProviderFailureRow, ProviderLimit, ProviderOperation } from "./provider-details.js";
import { ProviderSample } from "./provider-sample.js";
import { ProviderUpstream } from "./provider-upstream.js";
import { ProviderModes } from "./provider-mode.js";

@ObjectType({ description: "A service that stores records." })
@Directive('@key(fields: "id")')
export class RecordProvider {
  readonly #connected: ConnectedProvider;

  constructor(connected: ConnectedProvider) {
    this.#connected = connected;
  }

  @Field(() => ID, { description: "One lower-case word; the name of the provider's field in the inputs." })
  get id(): string {
    return this.#connected.provider.id;
  }

  @Field(() => String, { description: "The display name of the provider." })
  get title(): string {
    return this.#connected.provider.title;
  }

  @Field(() => ProviderModes, { description: "The service behind the provider." })
  get mode(): ProviderMode {
    return this.#connected.mode;
  }

  @Field(() => [ProviderUpstream], {
    description: "The real services behind a remote provider; empty for an embedded one.",
  })
  get upstreams(): readonly ProviderUpstream[] {
    const { upstream } = this.#connected;
    return upstream === undefined ? [] : [new ProviderUpstream(upstream)];
  }

  @Field(() => [ProviderOperation], { description: "The write operations of the provider." })
  get operations(): readonly Fields<ProviderOperation>[] {
    return this.#connected.provider.contracts.flatMap(({ operation, name, ...contract }) =>
      operation === undefined ? [] : [{ ...contract, name: operation, contract: name }],
    );
  }

  @Field(() => [ProviderLimit], { description: "The limits in force." })
  get limits(): readonly Fields<ProviderLimit>[] {
    return this.#connected.limits;
  }

  @Field(() => [ProviderFailureRow], { description: "The documented failures of the provider." })
  get failures(): readonly Fields<ProviderFailureRow>[] {
    return this.#connected.failures.map(({ contract, row }) => ({
      contract,
      name: row.name,
      code: row.code?.toString(),
      httpStatus: row.status,
      message: row.message,
      kind: row.kind,
      retryable: row.retry,
    }));
  }

  @Field(() => [ProviderSample], { description: "Inputs for trying the provider." })
  get samples(): readonly Fields<ProviderSample>[] {
    return this.#connected.provider.samples.map(({ faulty, ...sample }) => ({
      ...sample,
      faultyRecord: faulty.record,
      faultyField: faulty.field,
    }));
  }
}
