import type { FailureKind, RetryRule, Violation, WriteOutcome } from "../core/failure.js";

/** What tells a reply of this row from others with the same code. All that is given must hold. */
export interface Recognition {
  readonly statuses?: readonly number[];
  readonly message?: RegExp;
  /** A member that the body must not have. */
  readonly without?: string;
  /** The body is no JSON. */
  readonly text?: true;
}

/** One documented failure of a contract, read in both directions: the server refuses by `name`, the client finds the row of a reply. */
export interface FailureRow {
  readonly name: string;
  readonly status: number;
  /** The contract's own code; absent where it has none. */
  readonly code?: number | string;
  /** Further codes that mean the same to a client; the server never writes them. */
  readonly otherCodes?: readonly (number | string)[];
  /** Codes that mean this where no other row knows them. */
  readonly codePattern?: RegExp;
  /** `{name}` stands for a parameter. */
  readonly message: string;
  readonly kind: FailureKind;
  readonly retry: RetryRule;
  readonly recognise?: Recognition;
  /** Where it does not follow from kind and retry. */
  readonly outcome?: WriteOutcome;
  /** The limit that was passed. */
  readonly limit?: string;
  /** The body is this message as plain text, not the contract's envelope. */
  readonly plainText?: true;
}

export type MessageParameters = Readonly<Record<string, string | number>>;

export function fillMessage(template: string, parameters: MessageParameters = {}): string {
  return template.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(parameters[name] ?? placeholder));
}

/** A row by name, with what fills its message. */
export interface RefusalDetails {
  readonly failure: string;
  readonly parameters?: MessageParameters;
  readonly violations?: readonly Violation[];
}

/** Thrown by services only; the router turns it into the contract's reply. */
export class Refusal extends Error {
  readonly details: RefusalDetails;

  constructor(details: RefusalDetails) {
    super(`refused: ${details.failure}`);
    this.name = "Refusal";
    this.details = details;
  }
}

export function refusal(failure: string, parameters: MessageParameters = {}, violations: readonly Violation[] = []): Refusal {
  return new Refusal({ failure, parameters, violations });
}

const unknownOutcomes: ReadonlySet<FailureKind> = new Set(["timeout", "unavailable", "internal"]);

/** Whether the records of a request refused with this row may be in the service. */
export function outcomeOf(row: Pick<FailureRow, "kind" | "retry" | "outcome">): WriteOutcome {
  return row.outcome ?? (row.retry !== "yes" && unknownOutcomes.has(row.kind) ? "unknown" : "not-applied");
}
