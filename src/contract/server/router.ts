import { visibleSpacesOf } from "../../core/access/caller.js";
import type { SpaceFilter } from "../../core/access/visibility.js";
import { programScope, type RequestScope } from "../../core/request-scope.js";
import type { Clock, IdSource } from "../../core/clock.js";
import type { KeyRates } from "../../core/access/rate-limit.js";
import type { Log } from "../../core/log.js";
import type { AddressList } from "./addresses.js";
import { CallRate } from "./call-rate.js";
import { toFailureReply, toOverloadReply } from "./caught-error.js";
import type { Authenticator } from "./authenticator.js";
import type { Check } from "../check.js";
import type { Contract } from "../contract.js";
import { writeFailure } from "./failure-reply.js";
import type { FailureRow, RefusalDetails } from "../failures/failure-row.js";
import { takeFromKey } from "./key-rate.js";
import { countRecordsOf, limitSettings, type NumberSettings } from "../limits.js";
import {
  TransportError,
  valueOf,
  type ContractReply,
  type ContractRequest,
  type Headers,
  type Transport,
} from "../message.js";
import { OverloadError } from "../../core/overload-error.js";
import { matchPath } from "../paths.js";
import { runChecks } from "./run-checks.js";
import { serveInTime, type StartTimeLimit } from "./time-limit.js";
import { fitViolations } from "../violations-header.js";
import type { Endpoint, ServiceContext } from "../service.js";

export interface RouterOptions {
  readonly endpoints: readonly Endpoint<ServiceContext>[];
  /** What the service needs for a call: its store has those spaces alone. */
  readonly contextOf: (scope: RequestScope, spaces: SpaceFilter) => ServiceContext;
  readonly authenticator: Authenticator;
  readonly settings: NumberSettings;
  readonly keyRates: KeyRates;
  readonly allowedAddresses?: AddressList;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

/**
 * Serves the contracts of one provider. The router is the embedded transport.
 * @throws Error at start-up for a setting that no contract has
 */
export function createRouter(options: RouterOptions): Transport {
  verifySettings(options);
  const shared = new Map<string, CallRate>();
  const routes = options.endpoints.map((endpoint) => ({
    endpoint,
    rates: callRates(endpoint.contract, shared, options),
  }));
  const serve = async (
    found: FoundRoute,
    request: ContractRequest,
    startTimeLimit: StartTimeLimit,
  ): Promise<ContractReply> => {
    const { contract, handle } = found.route.endpoint;
    const noted: Record<string, string> = {};
    let read: unknown;
    const noteHeaders = (headers: Headers): void => void Object.assign(noted, headers);
    try {
      const {
        caller,
        body,
        request: { body: received },
      } = await runChecks({
        contract,
        request,
        authenticator: options.authenticator,
        settings: options.settings,
        allowedAddresses: options.allowedAddresses,
        rates: found.route.rates,
        keyRates: options.keyRates,
        noteHeaders,
        startTimeLimit,
      });
      read = body;
      if (options.keyRates.records !== undefined)
        await takeFromKey(options.keyRates.records, caller, () => countRecordsOf(contract, valueOf(received) ?? null));
      request.begin?.();
      const { query, headers } = request;
      const { requiredScope, keyOperation } = contract;
      const context = options.contextOf(request.scope, visibleSpacesOf(caller, keyOperation));
      const reply = await handle(context, { path: found.path, query, headers, body, caller, requiredScope });
      return {
        status: contract.status,
        headers: { ...contract.dialect.headers, ...noted, ...reply.headers },
        body: request.method === "HEAD" ? undefined : reply.body,
        violations: fitViolations(reply.violations),
        collectionId: reply.collectionId,
      };
    } catch (error) {
      if (error instanceof TransportError) throw error;
      const reply = toFailureReply(options, { contract, request, error, body: read });
      return { ...reply, headers: { ...reply.headers, ...noted } };
    }
  };
  return async (request) => {
    const found = findRoute(routes, request);
    if (found === undefined) return answerOutside(options, request);
    const { contract } = found.route.endpoint;
    return serveInTime({
      contract,
      request,
      clock: options.clock,
      serve: (limited, startTimeLimit) => serve(found, limited, startTimeLimit),
      answerLate: (failure) => writeFailure({ contract, request, details: { failure }, ids: options.ids }),
    });
  };
}

function verifySettings({ endpoints, settings }: RouterOptions): void {
  const known: ReadonlySet<string> = new Set(
    endpoints.flatMap(({ contract }) => limitSettings(contract)).map(({ setting }) => setting),
  );
  const unknown = Object.keys(settings).find((name) => !known.has(name));
  const names = endpoints.map(({ contract }) => contract.name).join(", ");
  if (unknown !== undefined) throw new Error(`the setting ${unknown} does not exist in the contracts ${names}`);
}

type RatedEndpoint = { readonly endpoint: Endpoint<ServiceContext>; readonly rates: ReadonlyMap<string, CallRate> };

function callRates(
  contract: Contract,
  shared: Map<string, CallRate>,
  { clock, settings }: RouterOptions,
): ReadonlyMap<string, CallRate> {
  const rates = contract.checks.flatMap((check): [string, CallRate][] => {
    if (check.check !== "call-rate") return [];
    const rate = (check.shared && shared.get(check.setting)) || new CallRate(clock, windowMsOf(check, settings));
    if (check.shared) shared.set(check.setting, rate);
    return [[check.setting, rate]];
  });
  return new Map(rates);
}

function windowMsOf(
  { windowMs, windowSetting = "" }: Check<FailureRow, string, "call-rate">,
  settings: NumberSettings,
): number {
  const seconds = settings[windowSetting];
  return seconds === undefined ? windowMs : Math.max(1, seconds) * 1000;
}

type FoundRoute = { readonly route: RatedEndpoint; readonly path: Record<string, string> };

function findRoute(routes: readonly RatedEndpoint[], request: ContractRequest): FoundRoute | undefined {
  for (const route of routes) {
    const { method, path: template } = route.endpoint.contract;
    if (method !== request.method) continue;
    const path = matchPath(template, request.path);
    if (path !== undefined) return { route, path };
  }
  return undefined;
}

function firstContract(endpoints: RouterOptions["endpoints"]): Contract {
  const [first] = endpoints;
  if (first === undefined) throw new Error("a provider without contracts cannot answer");
  return first.contract;
}

/** Stands in for a request that cannot be read. */
const unread: ContractRequest = {
  method: "POST",
  path: "/",
  query: {},
  headers: {},
  body: { kind: "none" },
  scope: programScope,
};

type Answering = Pick<RouterOptions, "endpoints" | "ids">;

/** A refusal in the provider's dialect before a contract is found. */
export interface EarlyRefusal {
  /** The reason. */
  readonly problem: string;
  /** Absent: the status of the row for requests that cannot be read. */
  readonly status?: number;
}

/** The reply to a request that cannot be read or that the server does not accept. */
export function answerUnreadable({ endpoints, ids }: Answering, { problem, status }: EarlyRefusal): ContractReply {
  const contract = firstContract(endpoints);
  const failure = contract.serviceFailures.malformed;
  return writeFailure({ contract, request: unread, details: { failure, parameters: { problem } }, ids, status });
}

/** The reply to a request for which the server has no room. */
export function answerOverload({ endpoints, ids }: Answering): ContractReply {
  return toOverloadReply({ contract: firstContract(endpoints), request: unread, error: new OverloadError(), ids });
}

/** Answers paths outside the contracts, in the provider's dialect. */
async function answerOutside(options: RouterOptions, request: ContractRequest): Promise<ContractReply> {
  const contract = firstContract(options.endpoints);
  const { dialect, checks, serviceFailures } = contract;
  const refuse = (details: RefusalDetails) => writeFailure({ contract, request, details, ids: options.ids });
  if (dialect.preflight && request.method === "OPTIONS")
    return { status: 204, headers: dialect.headers, body: undefined };
  try {
    const first = dialect.callerBeforePath ? checks.filter(({ check }) => check === "caller") : [];
    await runChecks({
      ...options,
      contract: { ...contract, checks: first },
      request,
      rates: new Map(),
      noteHeaders: () => undefined,
      startTimeLimit: () => undefined,
    });
  } catch (error) {
    return toFailureReply(options, { contract, request, error });
  }
  return refuse({ failure: serviceFailures.unknownPath });
}
