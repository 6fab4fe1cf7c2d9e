import type { FailureKind, RetryRule, Violation, WriteOutcome } from "../../core/failure.js";

/** `4xx` matches every status from 400 to 499. */
export type StatusPattern = number | "2xx" | "3xx" | "4xx" | "5xx";

/** Distinguishes a reply of this row from others with the same code. All given members must match. */
export interface Recognition {
  readonly statuses?: readonly StatusPattern[];
  readonly message?: RegExp;
  /** A member that the body must not have. */
  readonly without?: string;
  /** Whether the body is a text and not JSON. */
  readonly text?: boolean;
  /** The body has no code. */
  readonly uncoded?: true;
}

/**
 * One documented failure of a contract, as its author declares it. It is read in both directions: the server refuses by
 * `name`, the client finds the row of a reply.
 * Precedence for the client: the first row whose `recognise` matches, else the row with the code, else a row with a
 * `codePattern` of the code, else the row with the status and without a code; within each step the order of the table
 * decides. See `findDeclaredRow`.
 */
export interface RowDeclaration<Name extends string = string, Message extends string = string> {
  readonly name: Name;
  readonly status: number;
  /** The contract's own code; absent where it has none. */
  readonly code?: number | string;
  /** Further codes that mean the same to a client; the server never writes them. */
  readonly otherCodes?: readonly (number | string)[];
  /** Matches further codes that no other row lists. */
  readonly codePattern?: RegExp;
  /** `{name}` is the placeholder of a parameter. */
  readonly message: Message;
  readonly kind: FailureKind;
  /** Absent: "no", so that a request is resent only where the row says so. */
  readonly retry?: RetryRule;
  readonly recognise?: Recognition;
  /** Overrides the outcome that follows from kind and retry: see `outcomeOf`. */
  readonly outcome?: WriteOutcome;
  /** The body is this message as plain text, not the contract's envelope. */
  readonly plainText?: true;
  /** The document behind the wire form; absent: that of the table. */
  readonly source?: string;
}

/** A row of a table. */
export interface FailureRow<Name extends string = string, Message extends string = string> extends RowDeclaration<
  Name,
  Message
> {
  readonly retry: RetryRule;
}

/** A row of a table, with its document. */
export type SourcedRow<Row extends RowDeclaration = FailureRow> = Row & { readonly source: string };

/** The members that the kit fills in. */
type Completed<Row> = Row & Pick<SourcedRow, "retry" | "source">;

/** Rows that come from one document. A row with a `source` of its own keeps it. */
export function documentedBy<const Rows extends readonly RowDeclaration[]>(
  source: string,
  rows: Rows,
): { readonly [Index in keyof Rows]: Completed<Rows[Index]> } {
  // `map` loses the tuple type of the rows.
  return rows.map((row) => ({ source, ...row, retry: row.retry ?? "no" })) as {
    readonly [Index in keyof Rows]: Completed<Rows[Index]>;
  };
}

export type MessageParameters = Readonly<Record<string, string | number>>;

const messageParameter = /\{(\w+)\}/g;

export function fillMessage(template: string, parameters: MessageParameters = {}): string {
  return template.replaceAll(messageParameter, (written, name: string) => String(parameters[name] ?? written));
}

export function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(messageParameter)].map(([, name = ""]) => name);
}

/** A row by name, with the parameters of its message. */
export interface RefusalDetails<Name extends string = string> {
  readonly failure: Name;
  readonly parameters?: MessageParameters;
  readonly violations?: readonly Violation[];
}

/** Thrown by services only; the router turns it into the contract's reply. Made by the `refuse` of a failure table. */
export class RefusalError extends Error {
  readonly details: RefusalDetails;

  constructor(details: RefusalDetails) {
    super(`refused: ${details.failure}`);
    this.name = "RefusalError";
    this.details = details;
  }
}

/** A refusal with the row of that name. */
export type RefusalBy<Name extends string> = RefusalError & { readonly details: RefusalDetails<Name> };

export function createRefusal<Name extends string>(details: RefusalDetails<Name>): RefusalBy<Name> {
  // The class does not have a type parameter: `instanceof` would infer `any` for it.
  return new RefusalError(details) as RefusalBy<Name>;
}

const unknownOutcomes: ReadonlySet<FailureKind> = new Set(["timeout", "unavailable", "internal"]);

/** Whether the service may have stored the records of a request that it refused with this row. */
export function outcomeOf(row: Pick<FailureRow, "kind" | "retry" | "outcome">): WriteOutcome {
  return row.outcome ?? (row.retry !== "yes" && unknownOutcomes.has(row.kind) ? "unknown" : "not-applied");
}
