import type { z } from "zod";
import type { JsonValue } from "../json/value.js";
import type { WriteOperation } from "../core/write.js";
import type { Check } from "./check.js";
import type { CredentialScheme } from "./credentials.js";
import type { ServiceFailureNames } from "./failures/failure-table.js";
import type { FailureRow, MessageParameters, SourcedRow } from "./failures/failure-row.js";
import type { ContractReply, ContractRequest, Headers, Method } from "./message.js";

/** A number that a request must not pass. */
export interface Limit<Name extends string = string> {
  readonly name: Name;
  /** The configuration variable, after the provider's prefix. */
  readonly setting: Uppercase<string>;
  /** Absent: no limit unless configured. */
  readonly max?: number;
  readonly unit: "bytes" | "records" | "fields";
  readonly description: string;
  /** Absent for the size of the body as sent. */
  readonly measure?: (body: JsonValue) => number;
}

/** The characters of an answer that is not JSON, such as a proxy's page, that a dialect reads as its message. */
export const maxPageTextLength = 500;

/** How a service speaks: what all its endpoints share. */
export interface Dialect<Scope extends string = string> {
  readonly credentials: CredentialScheme;
  /** What a caller can be allowed to do, in the words of the service; absent where it knows no such thing. */
  readonly scopes?: readonly Scope[];
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
}

export interface WrittenError {
  readonly row: FailureRow;
  readonly message: string;
  /** What filled the message. */
  readonly parameters: MessageParameters;
  readonly requestId: string;
}

/** An endpoint as data: what server, client, documentation and tests are derived from. Made by `defineContract`. */
export interface Contract<Body extends z.ZodType = z.ZodType, Reply extends z.ZodType = z.ZodType, Path extends string = string> {
  readonly name: string;
  readonly operation?: WriteOperation;
  readonly summary: string;
  /** The document the contract comes from. */
  readonly source: string;
  readonly method: Method;
  /** `{name}` stands for one percent-encoded segment. */
  readonly path: Path;
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
  /** The scope that the caller needs, in the words of the contract. */
  readonly requiredScope?: string;
  /** The service itself judges the scope, since it depends on what the request names; absent: a check does. */
  readonly scopeCheckedBy?: "service";
  readonly limits: readonly Limit[];
  readonly checks: readonly Check[];
  /** Whether the service answers without knowing who is calling. */
  readonly public?: true;
  /** In the order in which a client looks at them; the last ones are those of every contract. */
  readonly failures: readonly SourcedRow[];
  /** Names of the rows for what the service answers when it fails itself. */
  readonly serviceFailures: ServiceFailureNames;
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

/** The limit whose check refuses with the row; undefined where none does. */
export function findLimitOfRow({ limits, checks }: Pick<Contract, "limits" | "checks">, row: string): Limit | undefined {
  const check = checks.find((each) => each.check === "limit" && each.failure === row);
  return check?.check === "limit" ? limits.find(({ name }) => name === check.limit) : undefined;
}
