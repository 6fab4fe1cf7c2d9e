import type { FailureKind, RetryRule, Violation, WriteOutcome } from "../../core/failure.js";

/** `4xx` stands for every status that begins with a 4. */
export type StatusPattern = number | "2xx" | "3xx" | "4xx" | "5xx";

/** What tells a reply of this row from others with the same code. All that is given must hold. */
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

/** One documented failure of a contract, read in both directions: the server refuses by `name`, the client finds the row of a reply. */
export interface FailureRow<Name extends string = string, Message extends string = string> {
  readonly name: Name;
  readonly status: number;
  /** The contract's own code; absent where it has none. */
  readonly code?: number | string;
  /** Further codes that mean the same to a client; the server never writes them. */
  readonly otherCodes?: readonly (number | string)[];
  /** Codes that mean this where no other row knows them. */
  readonly codePattern?: RegExp;
  /** `{name}` stands for a parameter. */
  readonly message: Message;
  readonly kind: FailureKind;
  readonly retry: RetryRule;
  readonly recognise?: Recognition;
  /** Where it does not follow from kind and retry. */
  readonly outcome?: WriteOutcome;
  /** The body is this message as plain text, not the contract's envelope. */
  readonly plainText?: true;
  /** The document that the wire form comes from; absent: that of the table. */
  readonly source?: string;
}

/** A row of a table: it names its document. */
export type SourcedRow<Row extends FailureRow = FailureRow> = Row & { readonly source: string };

/** Rows that come from one document. A row with a `source` of its own keeps it. */
export function documentedBy<const Rows extends readonly FailureRow[]>(
  source: string,
  rows: Rows,
): { readonly [Index in keyof Rows]: Rows[Index] & { readonly source: string } } {
  // `map` forgets that the rows are a tuple.
  return rows.map((row) => ({ source, ...row })) as { readonly [Index in keyof Rows]: Rows[Index] & { readonly source: string } };
}

export type MessageParameters = Readonly<Record<string, string | number>>;

const messageParameter = /\{(\w+)\}/g;

export function fillMessage(template: string, parameters: MessageParameters = {}): string {
  return template.replaceAll(messageParameter, (written, name: string) => String(parameters[name] ?? written));
}

/** The names of the parameters that fill a message. */
export function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(messageParameter)].map(([, name = ""]) => name);
}

/** A row by name, with what fills its message. */
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

/** A refusal by one of the rows of that name. */
export type RefusalBy<Name extends string> = RefusalError & { readonly details: RefusalDetails<Name> };

export function createRefusal<Name extends string>(details: RefusalDetails<Name>): RefusalBy<Name> {
  // The class has no type parameter, for `instanceof` would make `any` of it.
  return new RefusalError(details) as RefusalBy<Name>;
}

const unknownOutcomes: ReadonlySet<FailureKind> = new Set(["timeout", "unavailable", "internal"]);

/** Whether the records of a request refused with this row may be in the service. */
export function outcomeOf(row: Pick<FailureRow, "kind" | "retry" | "outcome">): WriteOutcome {
  return row.outcome ?? (row.retry !== "yes" && unknownOutcomes.has(row.kind) ? "unknown" : "not-applied");
}
