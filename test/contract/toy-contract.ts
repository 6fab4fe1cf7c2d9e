import { z } from "zod";
import type { Check } from "../../src/contract/check.js";
import type { Contract, Dialect, Limit } from "../../src/contract/contract.js";
import { defineContract } from "../../src/contract/define-contract.js";
import { bearer, unlimitedCaller } from "../../src/contract/credentials.js";
import type { Authenticator } from "../../src/contract/server/authenticator.js";
import { defineFailures } from "../../src/contract/failures/failure-table.js";
import { countIn } from "../../src/contract/limits.js";
import type { ContractReply, Transport } from "../../src/contract/message.js";
import { createRouter, type RouterOptions } from "../../src/contract/server/router.js";
import { endpoint, type ServiceReply, type ServiceContext } from "../../src/contract/service.js";
import type { ProviderCaller } from "../../src/core/access/caller.js";
import { programScope } from "../../src/core/request-scope.js";
import { isJsonObject } from "../../src/json/value.js";
import { scanLog } from "../scan/scan.js";
import { fillRequest, type LooseRequest } from "./loose-request.js";

export const dialect = {
  credentials: bearer,
  scopes: ["write"],
  writeError: ({ row, message, requestId }) => ({
    ...(row.code === undefined ? {} : { code: row.code }),
    message,
    requestId,
  }),
  readError: (body) => {
    if (!isJsonObject(body)) return {};
    const { code, message, status } = body;
    return {
      code: typeof code === "string" || typeof code === "number" ? String(code) : undefined,
      message: typeof message === "string" ? message : undefined,
      status: typeof status === "number" ? status : undefined,
    };
  },
  headers: { "x-toy": "1" },
  challenge: () => ({ "www-authenticate": "Bearer" }),
} as const satisfies Dialect;

const refused = { status: 400, kind: "invalid-input" } as const;

export const failures = defineFailures({
  source: "nowhere",
  serviceFailures: {
    internal: { status: 500, code: 50, message: "it is us" },
    unavailable: { status: 503, code: 51, message: "not now" },
    interrupted: { status: 500, code: 52, message: "perhaps" },
    unknownPath: {
      status: 404,
      message: "404 page not found",
      plainText: true,
      recognise: { text: true, statuses: [404] },
    },
  },
  malformed: "bad-value",
  tooLarge: "too-large",
  rows: [
    {
      ...refused,
      name: "too-many",
      code: 1,
      message: "at most {limit}, not {actual}",
      recognise: { message: /at most/ },
    },
    { ...refused, name: "bad-value", code: 1, otherCodes: [11, "1a"], message: "bad {problem}" },
    { ...refused, name: "bad-query", code: 12, message: "without {parameter}" },
    { ...refused, name: "bad-family", code: 100, codePattern: /^1\d\d$/, message: "bad" },
    {
      ...refused,
      name: "conflict-without-data",
      status: 409,
      message: "clash",
      kind: "conflict",
      recognise: { statuses: [409], without: "data", text: false },
    },
    {
      ...refused,
      name: "too-large",
      status: 413,
      code: 5,
      message: "{actual} over {limit} {unit}",
      kind: "payload-too-large",
    },
    { name: "no-key", status: 401, code: 2, message: "who?", kind: "unauthenticated" },
    { name: "no-scope", status: 403, code: 3, message: "{user} lacks {scope}", kind: "permission-denied" },
    { name: "not-from-here", status: 403, code: 6, message: "not from here", kind: "permission-denied" },
    { name: "too-often", status: 429, code: 4, message: "at {limit} a minute", kind: "rate-limited", retry: "yes" },
    { name: "late", status: 408, code: 8, message: "late", kind: "timeout", retry: "only-if-idempotent" },
    {
      name: "page",
      status: 521,
      message: "<html>",
      kind: "unavailable",
      retry: "only-if-idempotent",
      plainText: true,
      recognise: { text: true, statuses: [521] },
    },
  ],
});

export type ToyCheck = Check<(typeof failures.rows)[number], "body" | "records">;

export const callerCheck = { check: "caller", missing: "accepted", failure: "no-key" } as const satisfies ToyCheck;

const limits = [
  { name: "body", setting: "MAX_BYTES", max: 100, unit: "bytes", description: "size of the body" },
  {
    name: "records",
    setting: "MAX_ROWS",
    max: 3,
    unit: "records",
    description: "rows a call",
    measure: countIn("rows"),
  },
] as const satisfies readonly Limit[];

export const allChecks: readonly ToyCheck[] = [
  callerCheck,
  { check: "scope", failure: "no-scope" },
  { check: "call-rate", setting: "CALLS", windowMs: 60_000, failure: "too-often" },
  { check: "limit", limit: "body", failure: "too-large" },
  {
    check: "body",
    syntaxFailure: "bad-value",
    refuseShape: ([issue]) =>
      failures.refuse("bad-value", { problem: issue?.path.join(".") ?? "" }, [{ rule: "shape", message: "bad shape" }]),
  },
  { check: "limit", limit: "records", failure: "too-many" },
];

/** A contract with one row for each way of telling a failure. */
export function toyContract(checks: readonly ToyCheck[] = allChecks) {
  return defineContract({
    requiredScope: checks.some(({ check }) => check === "scope") ? "write" : undefined,
    name: "insert",
    operation: "insertRecords",
    summary: "Takes rows.",
    source: "nowhere",
    method: "POST",
    path: "/v1/{table}/rows",
    dialect,
    body: z.object({ rows: z.array(z.number()) }),
    reply: z.object({ count: z.number() }),
    status: 200,
    succeeded: ({ body }) => isJsonObject(body) && !("code" in body),
    idempotent: false,
    limits: limits.filter(({ name }) => checks.some((check) => check.check === "limit" && check.limit === name)),
    checks,
    failures,
  });
}

export interface ToyOptions extends Partial<
  Pick<RouterOptions, "contextOf" | "settings" | "allowedAddresses" | "keyRates" | "log" | "clock">
> {
  readonly contract?: Contract;
  readonly answer?: () => Promise<ServiceReply>;
  /** What the key `k` may do; any other key is unknown. */
  readonly caller?: ProviderCaller;
  readonly authorization?: Authenticator["authorization"];
  /** Takes the place of the one that knows the key `k`. */
  readonly authenticate?: Authenticator["authenticate"];
}

/** The toy's router. */
export function routeToy(options: ToyOptions = {}): Transport {
  const {
    contract = toyContract(),
    answer = () => Promise.resolve({ body: { count: 1 } }),
    caller = unlimitedCaller("k"),
    authorization = "on",
  } = options;
  return createRouter({
    endpoints: [endpoint(contract, () => answer())],
    contextOf: options.contextOf ?? (() => ({}) as ServiceContext), // The toy answers without it.
    authenticator: {
      authorization,
      authenticate: options.authenticate ?? ((secret) => Promise.resolve(secret === "k" ? caller : undefined)),
    },
    settings: options.settings ?? {},
    keyRates: options.keyRates ?? {},
    allowedAddresses: options.allowedAddresses,
    clock: options.clock ?? { now: () => new Date(0) },
    ids: { uuid: () => "request-1", hex: () => "", alphanumeric: () => "" },
    log: options.log ?? scanLog,
  });
}

/** A request that the toy accepts. */
export const toyRequest = {
  method: "POST",
  path: "/v1/t/rows",
  query: {},
  headers: { authorization: "Bearer k" },
  scope: programScope,
  body: { rows: [1] },
} as const;

/** Serves the toy; `send` fills in what a test does not care about. */
export function serveToy(options: ToyOptions = {}): (request?: LooseRequest) => Promise<ContractReply> {
  const router = routeToy(options);
  return (request = {}) => router(fillRequest(toyRequest, request), AbortSignal.timeout(5000));
}
