import type { z } from "zod";
import type { ProviderFailure, Violation } from "../core/failure.js";
import type { Measures, Origin } from "../core/write.js";
import type { JsonValue } from "../json/value.js";
import type { Contract } from "./contract.js";
import type { Headers, Query } from "./message.js";
import type { PathParameters } from "./paths.js";

export interface ContractCall<Path extends string = string> {
  readonly path?: PathParameters<Path>;
  readonly query?: Query;
  readonly headers?: Headers;
  readonly body: JsonValue | undefined;
  readonly origin?: Origin;
  /** Called with the result of a call that a real service answered after the caller was answered. */
  readonly receiveLate?: (result: ContractResult<unknown>) => Promise<void>;
  /** What is known of the body by the limits of the contract; absent: nothing was measured. */
  readonly measures?: Measures;
  /** Overrides the contract's `idempotent` where it depends on the request. */
  readonly idempotent?: boolean;
  /** The failure row that, after a send with an unknown outcome, says that this send was applied. */
  readonly landedRow?: string;
  /** Whether the caller can repeat this call exactly; false for a call with a value that was generated for it alone. */
  readonly repeatable?: boolean;
}

export interface ContractResult<Reply> {
  readonly reply: Reply;
  readonly headers: Headers;
  /** The records that the service left out, as far as it names them. */
  readonly violations: readonly Violation[];
  readonly collectionId?: string;
  /** A text of the reply as it may be told: without secrets and addresses, cut, and storable. */
  tell(text: string): string;
  /** The failure for a reply that contradicts the request: the records may be stored. */
  contradict(problem: string): ProviderFailure;
}

/** Calls one contract, until the signal says that the caller's deadline passed. @throws ProviderFailure */
export type ContractClient<Reply, Path extends string = string> = (
  call: ContractCall<Path>,
  signal: AbortSignal | undefined,
) => Promise<ContractResult<Reply>>;

/** A factory of clients that share a provider's transport and credentials. */
export type Connect = <Body extends z.ZodType, Reply extends z.ZodType, Path extends string>(
  contract: Contract<Body, Reply, Path>,
) => ContractClient<z.output<Reply>, Path>;
