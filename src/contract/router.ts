import type { Clock, IdSource } from "../core/clock.js";
import type { Log } from "../core/log.js";
import { StoreUnavailable } from "../core/store.js";
import type { AddressList } from "./addresses.js";
import { CallRate } from "./call-rate.js";
import type { Authenticator } from "./credentials.js";
import { findRow, type CallRateCheck, type Contract } from "./contract.js";
import { fillMessage, Refusal, type RefusalDetails } from "./failures.js";
import type { NumberSettings } from "./limits.js";
import type { ContractReply, ContractRequest, Headers, Transport } from "./message.js";
import { matchPath } from "./paths.js";
import { runChecks } from "./checks.js";
import type { Endpoint } from "./service.js";

export interface RouterOptions {
  readonly endpoints: readonly Endpoint[];
  readonly authenticator: Authenticator;
  readonly settings: NumberSettings;
  readonly allowedAddresses?: AddressList;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

/** One provider's contracts, served. It is itself the embedded transport. */
export function createRouter(options: RouterOptions): Transport {
  const routes = options.endpoints.map((endpoint) => ({ endpoint, rates: callRates(endpoint.contract, options) }));
  return async (request) => {
    const found = findRoute(routes, request);
    if (found === undefined) return answerUnknownPath(options, request);
    const { contract, handle } = found.route.endpoint;
    const noted: Record<string, string> = {};
    const noteHeaders = (headers: Headers): void => void Object.assign(noted, headers);
    try {
      const { caller, body } = await runChecks({ ...options, contract, request, rates: found.route.rates, noteHeaders });
      const reply = await handle({ path: found.path, query: request.query, headers: request.headers, body, caller });
      return {
        status: contract.status,
        headers: { ...contract.dialect.headers, ...noted, ...reply.headers },
        body: reply.body,
        violations: reply.violations?.length ? reply.violations : undefined,
        collectionId: reply.collectionId,
      };
    } catch (error) {
      const reply = toFailureReply(options, { contract, request, error });
      return { ...reply, headers: { ...reply.headers, ...noted } };
    }
  };
}

type Route = { readonly endpoint: Endpoint; readonly rates: ReadonlyMap<string, CallRate> };

function callRates(contract: Contract, { clock, settings }: RouterOptions): ReadonlyMap<string, CallRate> {
  const rates = contract.checks.flatMap((check): [string, CallRate][] =>
    check.check === "call-rate" ? [[check.setting, new CallRate(clock, windowMsOf(check, settings))]] : [],
  );
  return new Map(rates);
}

function windowMsOf({ windowMs, windowSetting = "" }: CallRateCheck, settings: NumberSettings): number {
  const seconds = settings[windowSetting];
  return seconds === undefined ? windowMs : Math.max(1, seconds) * 1000;
}

function findRoute(routes: readonly Route[], request: ContractRequest): { route: Route; path: Record<string, string> } | undefined {
  for (const route of routes) {
    const { method, path: template } = route.endpoint.contract;
    if (method !== request.method) continue;
    const path = matchPath(template, request.path);
    if (path !== undefined) return { route, path };
  }
  return undefined;
}

/** A provider has one dialect for all paths below its prefix. */
async function answerUnknownPath(options: RouterOptions, request: ContractRequest): Promise<ContractReply> {
  const contract = options.endpoints[0]?.contract;
  if (contract === undefined) throw new Error("a provider without contracts cannot answer");
  const { dialect, checks } = contract;
  if (dialect.preflight && request.method === "OPTIONS") return { status: 204, headers: dialect.headers, body: undefined };
  try {
    const first = dialect.callerBeforePath ? checks.filter(({ check }) => check === "caller") : [];
    await runChecks({ ...options, contract: { ...contract, checks: first }, request, rates: new Map(), noteHeaders: () => undefined });
  } catch (error) {
    return toFailureReply(options, { contract, request, error });
  }
  return writeFailure(options, { contract, request, details: { failure: dialect.own.unknownPath } });
}

function toFailureReply(options: RouterOptions, failed: { contract: Contract; request: ContractRequest; error: unknown }): ContractReply {
  const { contract, request, error } = failed;
  if (error instanceof Refusal) return writeFailure(options, { contract, request, details: error.details });
  const { own } = contract.dialect;
  options.log.error({ contract: contract.name, error }, "a service failed");
  if (!(error instanceof StoreUnavailable)) return writeFailure(options, { contract, request, details: { failure: own.internal } });
  const failure = error.outcome === "unknown" ? own.interrupted : own.unavailable;
  return writeFailure(options, { contract, request, details: { failure } });
}

function writeFailure(
  options: RouterOptions,
  refused: { readonly contract: Contract; readonly request: ContractRequest; readonly details: RefusalDetails },
): ContractReply {
  const { contract, request, details } = refused;
  const { dialect } = contract;
  const row = findRow(contract, details.failure);
  const message = fillMessage(row.message, details.parameters);
  const headers = {
    ...dialect.headers,
    ...(row.kind === "unauthenticated" ? dialect.challenge?.(request) : {}),
    ...(row.plainText ? { "content-type": "text/plain" } : {}),
  };
  const body = row.plainText ? message : dialect.writeError({ row, message, requestId: options.ids.uuid() });
  const violations = details.violations?.length ? details.violations : undefined;
  return { status: row.status, headers, body, violations };
}
