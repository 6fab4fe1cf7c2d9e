import type { z } from "zod";
import type { ProviderCaller } from "../core/access/caller.js";
import type { Clock, IdSource } from "../core/clock.js";
import type { Violation } from "../core/failure.js";
import type { JsonValue } from "../json/value.js";
import type { Contract } from "./contract.js";
import type { Authorization } from "./credentials.js";
import type { Headers, Query } from "./message.js";
import type { PathParameters } from "./paths.js";
import type { ProviderStore } from "./provider-store.js";

/** What a service needs beside the call that it answers. */
export interface ServiceContext<Settings = unknown> {
  /** The part of the store that the caller sees, for the request of the call. */
  readonly store: ProviderStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** The provider's settings, parsed by its schema. */
  readonly settings: Settings;
  /** `off`: every credential is accepted. */
  readonly authorization: Authorization;
}

/** A request that passed the checks of its contract. */
export interface ServiceCall<Body, Path extends string = string> {
  readonly path: PathParameters<Path>;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: Body;
  readonly caller: ProviderCaller;
  /** The scope that the contract requires. The service checks it where `scopeCheckedBy` says so. */
  readonly requiredScope?: string;
}

/** The call of a contract: `CallOf<typeof contract>`. */
export type CallOf<Called extends Contract> = ServiceCall<z.output<Called["body"]>, Called["path"]>;

export interface ServiceReply {
  readonly body: JsonValue;
  readonly headers?: Headers;
  /** Records that the service left out because the request allows it; the first ones, where there are many. */
  readonly violations?: readonly Violation[];
  readonly collectionId?: string;
}

/** A contract and its handler. `Context` is what the service needs beside the call, with the store of its request. */
export interface Endpoint<Context> {
  readonly contract: Contract;
  readonly handle: (context: Context, call: ServiceCall<unknown>) => Promise<ServiceReply>;
}

/** The handler throws `RefusalError` and nothing else on purpose. */
export function endpoint<
  Body extends z.ZodType,
  Reply extends z.ZodType,
  Path extends string,
  Context = ServiceContext,
>(
  contract: Contract<Body, Reply, Path>,
  handle: (context: Context, call: ServiceCall<z.output<Body>, Path>) => Promise<ServiceReply>,
): Endpoint<Context> {
  // The router parses the body with the schema of this contract, and the path with its template, before it calls the
  // handler.
  return { contract, handle: handle as Endpoint<Context>["handle"] };
}
