import { hasScope, type ProviderCaller } from "../../core/access/caller.js";
import type { AddressList } from "./addresses.js";
import type { KeyRates } from "../../core/access/rate-limit.js";
import type { CallRate } from "./call-rate.js";
import type { Check, CheckName } from "../check.js";
import { powerlessCaller, unlimitedCaller } from "../credentials.js";
import type { Authenticator } from "./authenticator.js";
import type { Contract } from "../contract.js";
import { RefusalError, type FailureRow, type MessageParameters } from "../failures/failure-row.js";
import { takeFromKey } from "./key-rate.js";
import { findExceeded, type NumberSettings } from "../limits.js";
import { readParameter, valueOf, type ContractRequest, type Headers } from "../message.js";
import { keepRounded, withoutRounded } from "../../json/rounded.js";
import type { StartTimeLimit } from "./time-limit.js";

interface CheckInput {
  readonly contract: Contract;
  readonly request: ContractRequest;
  readonly authenticator: Authenticator;
  readonly settings: NumberSettings;
  /** Absent: every address is allowed. */
  readonly allowedAddresses?: AddressList;
  readonly rates: ReadonlyMap<string, CallRate>;
  readonly keyRates: KeyRates;
  /** Adds headers to the reply, for a success as well as for a failure. */
  readonly noteHeaders: (headers: Headers) => void;
  /** Bounds the rest of the call. */
  readonly startTimeLimit: StartTimeLimit;
}

type CheckOf<Name extends CheckName> = Check<FailureRow, string, Name>;

/** The state of a request during its checks. */
interface RequestUnderCheck {
  readonly request: ContractRequest;
  readonly caller: ProviderCaller;
  /** The body as parsed by the contract's schema. */
  readonly body: unknown;
}

type Runner<Name extends CheckName> = (
  input: CheckInput & RequestUnderCheck,
  check: CheckOf<Name>,
) => Promise<Partial<RequestUnderCheck>> | Partial<RequestUnderCheck>;

/** The runner of each check by name; a check without a runner does not compile. */
const runners: { readonly [Name in CheckName]: Runner<Name> } = {
  caller: identify,
  "time-limit": checkTimeLimit,
  scope: checkScope,
  address: checkAddress,
  query: checkQuery,
  "call-rate": checkRate,
  limit: (input, check) => withBody(input, (received) => checkLimit(received, check)),
  body: (input, check) => withBody(input, (received) => parseBody(received, check)),
};

/**
 * Runs the checks in the contract's order; the first one that needs the body waits for it. Every member is named: a
 * spread with members behind it is many times dearer.
 * @throws RefusalError at the first failure, KeyRateError
 */
export async function runChecks(input: CheckInput): Promise<RequestUnderCheck> {
  const judged = {
    contract: input.contract,
    request: input.request,
    authenticator: input.authenticator,
    settings: input.settings,
    allowedAddresses: input.allowedAddresses,
    rates: input.rates,
    keyRates: input.keyRates,
    noteHeaders: input.noteHeaders,
    startTimeLimit: input.startTimeLimit,
    caller: powerlessCaller,
    body: valueOf(input.request.body),
  } satisfies Record<keyof (CheckInput & RequestUnderCheck), unknown>;
  for (const check of input.contract.checks) {
    const found = run(judged, check);
    Object.assign(judged, found instanceof Promise ? await found : found);
  }
  return judged;
}

function run<Name extends CheckName>(
  input: CheckInput & RequestUnderCheck,
  check: CheckOf<Name>,
): ReturnType<Runner<Name>> {
  return runners[check.check](input, check);
}

/** Waits for a body that has not arrived, and only then. */
function withBody<Input extends RequestUnderCheck, Result>(
  input: Input,
  judge: (input: Input) => Result,
): Result | Promise<Result> {
  const { request } = input;
  if (request.body.kind !== "pending") return judge(input);
  return request.body.receive().then((body) => judge({ ...input, request: { ...request, body } }));
}

function identify(input: CheckInput, check: CheckOf<"caller">): ReturnType<Runner<"caller">> {
  const { contract, request, authenticator } = input;
  const secret = contract.dialect.credentials.read(request.headers);
  if (secret !== undefined) return identifyBySecret(input, secret, check);
  if (request.caller !== undefined) return { caller: request.caller };
  if (authenticator.authorization === "off" && check.missing === "accepted")
    return { caller: unlimitedCaller("anyone") };
  throw refusalOf(check.missingFailure ?? check.failure);
}

async function identifyBySecret(
  { request, authenticator, keyRates }: CheckInput,
  secret: string,
  check: CheckOf<"caller">,
): Promise<Partial<RequestUnderCheck>> {
  const caller = await authenticator.authenticate(secret, request.address);
  if (caller === undefined) throw refusalOf(check.failure);
  if (keyRates.requests !== undefined) await takeFromKey(keyRates.requests, caller, () => 1);
  return { caller };
}

function checkTimeLimit(
  { request, startTimeLimit }: CheckInput,
  { header, readMs, failure }: CheckOf<"time-limit">,
): Partial<RequestUnderCheck> {
  const written = request.headers[header] ?? "";
  if (written === "") return {};
  const milliseconds = readMs(written);
  if (milliseconds instanceof RefusalError) throw milliseconds;
  if (milliseconds <= 0) throw refusalOf(failure);
  startTimeLimit({ milliseconds, failure });
  return {};
}

function checkScope(
  { contract: { requiredScope: scope = "" }, caller }: CheckInput & RequestUnderCheck,
  check: CheckOf<"scope">,
): Partial<RequestUnderCheck> {
  if (!hasScope(caller, scope)) throw refusalOf(check.failure, { scope, user: caller.principal });
  return {};
}

function checkAddress(
  { allowedAddresses, request }: CheckInput,
  check: CheckOf<"address">,
): Partial<RequestUnderCheck> {
  if (allowedAddresses?.(request.address) === false) throw refusalOf(check.failure);
  return {};
}

function checkQuery(
  { request }: CheckInput,
  { parameter, parameters, failure }: CheckOf<"query">,
): Partial<RequestUnderCheck> {
  if (readParameter(request.query, parameter) === undefined) throw refusalOf(failure, { parameter, ...parameters });
  return {};
}

function checkRate(
  { settings, rates, noteHeaders, caller }: CheckInput & RequestUnderCheck,
  check: CheckOf<"call-rate">,
): Partial<RequestUnderCheck> {
  const limit = settings[check.setting];
  const rate = rates.get(check.setting);
  if (limit === undefined || rate === undefined) return {};
  const count = rate.count(caller.principal, limit);
  noteHeaders(check.headers?.(count) ?? {});
  if (count.remaining < 0) throw refusalOf(check.failure, { limit });
  return {};
}

function checkLimit({ contract, request, settings }: CheckInput, check: CheckOf<"limit">): Partial<RequestUnderCheck> {
  const { body } = request;
  if (body.kind === "none" || body.kind === "pending") return { request };
  const exceeded = findExceeded(contract, check.limit, {
    body: body.kind === "value" ? body : { value: null, sizeBytes: body.sizeBytes },
    settings,
  });
  if (exceeded === undefined) return { request };
  throw refusalOf(check.failure, { limit: exceeded.limit, actual: exceeded.actual ?? "?", unit: exceeded.unit });
}

function parseBody({ contract, request }: CheckInput, check: CheckOf<"body">): Partial<RequestUnderCheck> {
  const { body } = request;
  switch (body.kind) {
    case "too-large":
      throw refusalOf(contract.serviceFailures.tooLarge, {
        limit: body.maxBytes,
        actual: body.sizeBytes,
        unit: "bytes",
      });
    case "unreadable":
      throw refusalOf(check.syntaxFailure, { problem: body.problem });
    case "pending":
      throw new Error(`contract ${contract.name} checks a body that was not read`);
    case "none":
    case "value": {
      const value = valueOf(body);
      const result = contract.body.safeParse(value);
      if (!result.success) throw check.refuseShape(result.error.issues, value);
      const probe = withoutRounded(value, result.data);
      const probed = probe === undefined ? result : contract.body.safeParse(probe);
      if (!probed.success) throw check.refuseShape(probed.error.issues, value);
      keepRounded(value, result.data);
      return { request, body: result.data };
    }
  }
}

/**
 * The types do not verify the row here: `defineContract` has verified that the table has it and that the check fills
 * its message.
 */
function refusalOf(failure: string, parameters?: MessageParameters): RefusalError {
  return new RefusalError({ failure, parameters });
}
