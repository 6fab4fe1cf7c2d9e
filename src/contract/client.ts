import type { z } from "zod";
import type { Clock } from "../core/clock.js";
import { ProviderFailure, type Violation } from "../core/failure.js";
import type { JsonValue } from "../core/json.js";
import type { Origin } from "../core/write.js";
import type { Contract } from "./contract.js";
import type { Asked } from "./asked.js";
import { readFailure, unreachable, unreadable } from "./failure-reading.js";
import { compactJsonBytes } from "./json-size.js";
import { effectiveLimit, type NumberSettings } from "./limits.js";
import { TransportError, type ContractReply, type ContractRequest, type Headers, type Query, type Transport } from "./message.js";
import { buildPath, type PathParameters } from "./paths.js";

export interface ContractCall<Path extends string = string> {
  readonly path?: PathParameters<Path>;
  readonly query?: Query;
  readonly headers?: Headers;
  readonly body: JsonValue | undefined;
  readonly origin?: Origin;
  /** Overrides the contract's own answer where it depends on the request. */
  readonly idempotent?: boolean;
  /** Whether whoever asked can ask for this very call again; false where it holds something made up for it alone. */
  readonly repeatable?: boolean;
}

export interface ContractResult<Reply> {
  readonly reply: Reply;
  readonly headers: Headers;
  /** Records that were left out, as far as the service names them. */
  readonly violations: readonly Violation[];
  readonly collectionId?: string;
}

/** Calls one contract. @throws ProviderFailure */
export type ContractClient<Reply, Path extends string = string> = (call: ContractCall<Path>, signal: AbortSignal) => Promise<ContractResult<Reply>>;

export interface ConnectOptions {
  readonly provider: string;
  readonly transport: Transport;
  /** The secret sent with every call. */
  readonly token?: string;
  readonly settings: NumberSettings;
  /** Reads a moment that a reply names as how long it is until then. */
  readonly clock?: Clock;
}

/** A factory of clients that share a provider's transport and credentials. */
export type Connect = <Body extends z.ZodType, Reply extends z.ZodType, Path extends string>(
  contract: Contract<Body, Reply, Path>,
) => ContractClient<z.output<Reply>, Path>;

export function createConnect(options: ConnectOptions): Connect {
  return (contract) => async (call, signal) => {
    const request = toRequest(contract, call, options);
    const { provider, settings, clock } = options;
    const idempotent = (call.idempotent ?? contract.idempotent) && call.repeatable !== false;
    const asked = { contract, request, provider, settings, idempotent, now: clock?.now() };
    const reply = await send(options.transport, request, { asked, signal });
    if (reply.status < 200 || reply.status > 299 || !contract.succeeded(reply, request)) throw readFailure(asked, reply);
    const parsed = contract.reply.safeParse(reply.body);
    if (!parsed.success) throw unreadable(asked, reply, parsed.error);
    return { reply: parsed.data, headers: reply.headers, violations: reply.violations ?? [], collectionId: reply.collectionId };
  };
}

async function send(transport: Transport, request: ContractRequest, context: { asked: Asked; signal: AbortSignal }): Promise<ContractReply> {
  try {
    return await transport(request, context.signal);
  } catch (error) {
    if (error instanceof TransportError) throw unreachable(context.asked, error);
    if (error instanceof ProviderFailure) throw error;
    throw unreachable(context.asked, new TransportError("the call was given up", true, { cause: error }));
  }
}

function toRequest(contract: Contract, call: ContractCall, options: ConnectOptions): ContractRequest {
  const credentials = options.token === undefined ? {} : contract.dialect.credentials.write(options.token);
  const { caller, address, fault } = call.origin ?? {};
  return {
    method: contract.method,
    path: buildPath(contract.path, call.path ?? {}),
    query: call.query ?? {},
    headers: { ...call.headers, ...credentials },
    body: call.body,
    sizeBytes: countWhenNear(contract, call, options.settings),
    ...{ caller, address, fault },
  };
}

/** A contract's envelope makes a request at most this many times larger than what carried it. */
const largestGrowth = 8;

function countWhenNear(contract: Contract, { body, origin }: ContractCall, settings: NumberSettings): number | undefined {
  if (body === undefined) return undefined;
  const { carrierBytes } = origin ?? {};
  const caps = contract.limits.filter((limit) => limit.measure === undefined).map((limit) => effectiveLimit(limit, settings) ?? Infinity);
  const nearest = Math.min(...caps);
  if (nearest === Infinity) return undefined;
  if (carrierBytes !== undefined && carrierBytes * largestGrowth <= nearest) return undefined;
  return compactJsonBytes(body);
}
