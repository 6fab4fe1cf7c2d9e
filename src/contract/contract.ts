import type { z } from "zod";
import type { JsonValue } from "../core/json.js";
import type { WriteOperation } from "../core/write.js";
import type { CallCount } from "./call-rate.js";
import type { CredentialScheme } from "./credentials.js";
import type { FailureRow, MessageParameters, RefusalDetails } from "./failures.js";
import type { ContractReply, ContractRequest, Headers, Method } from "./message.js";

/** A number that a request must not pass. */
export interface Limit {
  readonly name: string;
  /** The configuration variable, after the provider's prefix. */
  readonly setting: string;
  /** Absent: no limit unless configured. */
  readonly max?: number;
  readonly unit: "bytes" | "records" | "fields";
  readonly description: string;
  /** Absent for the size of the body as sent. */
  readonly measure?: (body: JsonValue) => number;
}

/** A body that its schema refuses, as the contract's own failure. */
export type ShapeRefusal = (issues: readonly z.core.$ZodIssue[], body: JsonValue | undefined) => RefusalDetails;

/** What the kit checks before the service is asked, in the order of the list; the first failure wins. */
export type Check =
  /** `missing: "accepted"`: with authorization off a request without credentials is served. `missingFailure`: where that is another failure. */
  | { readonly check: "caller"; readonly missing: "accepted" | "refused"; readonly failure: string; readonly missingFailure?: string }
  | { readonly check: "scope"; readonly scope: string; readonly failure: string }
  /** Only from addresses on a list; off unless configured. */
  | { readonly check: "address"; readonly failure: string }
  /** A query parameter that must be there and not empty. */
  | { readonly check: "query"; readonly parameter: string; readonly failure: string; readonly parameters?: MessageParameters }
  | CallRateCheck
  | { readonly check: "limit"; readonly limit: string; readonly failure: string }
  | { readonly check: "body"; readonly syntaxFailure: string; readonly refuseShape: ShapeRefusal };

/** Calls of one caller in a window; off unless configured. */
export interface CallRateCheck {
  readonly check: "call-rate";
  readonly setting: string;
  readonly windowMs: number;
  /** Where the length of the window can be configured as well, in seconds. */
  readonly windowSetting?: string;
  /** Whether all contracts of the provider that say so count together. */
  readonly shared?: true;
  /** What replies tell the caller of it. */
  readonly headers?: (count: CallCount) => Headers;
  readonly failure: string;
}

/** How a service speaks: what all its endpoints share. */
export interface Dialect {
  readonly credentials: CredentialScheme;
  /** The error body of the contract; `code` is absent where the row has none. */
  readonly writeError: (error: WrittenError) => JsonValue;
  /** Code, text, request id and status of an error body, in every form the service is known to use. */
  readonly readError: (body: JsonValue | undefined) => {
    readonly code?: string;
    readonly message?: string;
    readonly requestId?: string;
    readonly status?: number;
  };
  /** Sent with every reply. */
  readonly headers: Headers;
  /** Carries the error of a failing HEAD, which has no body, percent-encoded. */
  readonly errorHeader?: string;
  /** Whether OPTIONS is answered on every path, with 204 and `headers`, before anything else. */
  readonly preflight?: true;
  /** Whether credentials are checked before the path, so that only known callers are told that it is unknown. */
  readonly callerBeforePath?: true;
  /** Sent with the reply to a request whose credentials were refused. */
  readonly challenge?: (request: ContractRequest) => Headers;
  /** Rows for what the service answers when it fails itself. */
  readonly own: {
    readonly internal: string;
    /** Refused before doing anything. */
    readonly unavailable: string;
    /** The connection to the database was lost while the write was being committed. */
    readonly interrupted: string;
    readonly unknownPath: string;
    /** What arrived is no request at all; `problem` says why. */
    readonly malformed: string;
    /** A value cannot be stored, although the service let it through; `problem`, which is also `cause`, says where and why. */
    readonly unstorable: string;
    /** The body is larger than what is taken in for any contract; `limit`, `actual` and `unit`. */
    readonly tooLarge: string;
  };
}

interface WrittenError {
  readonly row: FailureRow;
  readonly message: string;
  /** What filled the message. */
  readonly parameters: MessageParameters;
  readonly requestId: string;
}

export interface ContractDeclaration<Body extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly operation?: WriteOperation;
  readonly summary: string;
  /** The document the contract comes from. */
  readonly source: string;
  readonly method: Method;
  /** `{name}` stands for one percent-encoded segment. */
  readonly path: string;
  readonly dialect: Dialect;
  /** Strict: what the server takes. Query and path parameters are text. */
  readonly body: Body;
  /** Lenient: what the client reads. */
  readonly reply: Reply;
  /** The status of success; a client takes every 2xx. */
  readonly status: number;
  /** Whether a reply of status 2xx to the request is a success. */
  readonly succeeded: (reply: ContractReply, request: ContractRequest) => boolean;
  /** Whether a repeat of the request cannot apply it twice. */
  readonly idempotent: boolean;
  /** The scope that writing needs, in the words of the contract. */
  readonly requiredScope?: string;
  readonly limits: readonly Limit[];
  readonly checks: readonly Check[];
  readonly failures: readonly FailureRow[];
}

export type Contract<Body extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType> = ContractDeclaration<Body, Reply>;

/** Throws at start-up when a row is named that the table does not have. */
export function defineContract<Body extends z.ZodType, Reply extends z.ZodType>(contract: ContractDeclaration<Body, Reply>): Contract<Body, Reply> {
  const { own } = contract.dialect;
  const named = [...contract.checks.flatMap(failuresOf), ...Object.values(own)];
  for (const name of named) findRow(contract, name);
  return contract;
}

function failuresOf(check: Check): readonly string[] {
  if (check.check === "body") return [check.syntaxFailure];
  return check.check === "caller" ? [check.failure, check.missingFailure ?? check.failure] : [check.failure];
}

export function findRow(contract: Pick<Contract, "name" | "failures">, name: string): FailureRow {
  const row = contract.failures.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`contract ${contract.name} has no failure row ${name}`);
  return row;
}

export function findLimit(contract: Pick<Contract, "name" | "limits">, name: string): Limit {
  const limit = contract.limits.find((candidate) => candidate.name === name);
  if (limit === undefined) throw new Error(`contract ${contract.name} has no limit ${name}`);
  return limit;
}
