import type { z } from "zod";
import type { JsonObject, JsonValue } from "../json/value.js";
import type { KeyOperation } from "../core/access/caller.js";
import type { WriteOperation } from "../core/write.js";
import type { Check } from "./check.js";
import type { CredentialScheme } from "./credentials.js";
import type { ServiceFailureNames } from "./failures/failure-table.js";
import type { FailureRow, MessageParameters, SourcedRow } from "./failures/failure-row.js";
import type { ContractReply, ContractRequest, Headers, Method } from "./message.js";

/** A number that a request must not exceed. */
export interface Limit<Name extends string = string> {
  readonly name: Name;
  /** The configuration variable, after the provider's prefix. */
  readonly setting: Uppercase<string>;
  /** Absent: no limit unless configured. */
  readonly max?: number;
  readonly unit: "bytes" | "records" | "fields";
  readonly description: string;
  /** The measured quantity of a body, in `unit`; absent: the size of the body as sent, in bytes. */
  readonly measure?: (body: JsonValue) => number;
  /** The same quantity, record by record: required of a write's `measure` in another unit than records. */
  readonly createGauge?: () => Gauge;
  /** The quantity at which a split write is cut where nothing is configured; absent: `max`. */
  readonly partMax?: number;
}

/** Adds a record, without the envelope of the contract, and answers the quantity of all that were added. */
export type Gauge = (record: JsonObject) => number;

/** The longest message, in characters, that a dialect reads from a reply that is not JSON, such as a proxy's page. */
export const maxPageTextLength = 500;

/** The conventions that all endpoints of a service share. */
export interface Dialect<Scope extends string = string> {
  /** Where the credential of a request is, and how the client sends it. */
  readonly credentials: CredentialScheme;
  /** The scopes that a credential can have, by the service's own names; absent for a service without scopes. */
  readonly scopes?: readonly Scope[];
  /**
   * Writes the error body of a refusal. The server calls it for every row without `plainText`; the body omits `code`
   * where the row does.
   */
  readonly writeError: (error: WrittenError) => JsonValue;
  /**
   * Reads an error body in every known form of the service, and a body that is not JSON as a message of at most
   * `maxPageTextLength` characters.
   * `status` is the HTTP status that the body itself states. The client calls it for every failing reply, to find the
   * row.
   */
  readonly readError: (body: JsonValue | undefined) => {
    readonly code?: string;
    readonly message?: string;
    readonly requestId?: string;
    readonly status?: number;
  };
  /** Headers of every reply, also of one outside the contracts. */
  readonly headers: Headers;
  /**
   * Name of the header that carries the error body of a failing HEAD, as percent-encoded JSON; absent: HEAD answers the
   * status alone.
   */
  readonly errorHeader?: string;
  /** OPTIONS answers 204 with `headers` on every path, before any check; absent: OPTIONS is an unknown method. */
  readonly preflight?: true;
  /**
   * Credentials are checked before the path, so that only known callers learn that a path does not exist; absent: an
   * unknown path answers first.
   */
  readonly callerBeforePath?: true;
  /** Further headers of the reply to a request whose credentials were refused, such as `WWW-Authenticate`. */
  readonly challenge?: (request: ContractRequest) => Headers;
}

export interface WrittenError {
  readonly row: FailureRow;
  readonly message: string;
  /** The values in the message. */
  readonly parameters: MessageParameters;
  readonly requestId: string;
}

/** An endpoint as data. Server, client, documentation and tests derive from it; `defineContract` makes it. */
export interface Contract<
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  Path extends string = string,
> {
  readonly name: string;
  readonly operation?: WriteOperation;
  /** The operation that a key must permit in the space of the request. */
  readonly keyOperation: KeyOperation;
  readonly summary: string;
  /** The document the contract comes from. */
  readonly source: string;
  readonly method: Method;
  /** `{name}` stands for one percent-encoded segment. */
  readonly path: Path;
  readonly dialect: Dialect;
  /** Strict: the server parses requests with it. Query and path parameters are text. */
  readonly body: Body;
  /** Lenient: the client parses replies with it. */
  readonly reply: Reply;
  /** The status of success; a client accepts every 2xx. */
  readonly status: number;
  /** Whether a reply of status 2xx to the request is a success. */
  readonly succeeded: (reply: ContractReply, request: ContractRequest) => boolean;
  /** Whether a repeat of the request cannot apply it twice. */
  readonly idempotent: boolean;
  /** The scope that the caller needs, by the contract's own name. */
  readonly requiredScope?: string;
  /** The service checks the scope, which depends on the target of the request; absent: a check of the list does. */
  readonly scopeCheckedBy?: "service";
  readonly limits: readonly Limit[];
  /** The number of records in a body; absent: the measure of the limit in records, if there is one. */
  readonly countRecords?: (body: JsonValue) => number;
  readonly checks: readonly Check[];
  /** The service answers callers without credentials. */
  readonly public?: true;
  /**
   * In the order of precedence for a client (see `findDeclaredRow`); the last ones are the gateway rows of every
   * contract.
   */
  readonly failures: readonly SourcedRow[];
  /** Names of the rows for failures of the service itself. */
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

/** The limit whose check refuses with the row; undefined where no check does. */
export function findLimitOfRow(
  { limits, checks }: Pick<Contract, "limits" | "checks">,
  row: string,
): Limit | undefined {
  const check = checks.find((each) => each.check === "limit" && each.failure === row);
  return check?.check === "limit" ? limits.find(({ name }) => name === check.limit) : undefined;
}
