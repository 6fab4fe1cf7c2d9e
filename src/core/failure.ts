/** The closed list of failure kinds of a write, for all providers. */
export const failureKinds = [
  "invalid-input",
  "unauthenticated",
  "permission-denied",
  "not-found",
  "conflict",
  "duplicate-request",
  "payload-too-large",
  "rate-limited",
  "not-ready",
  "resource-broken",
  "timeout",
  "unavailable",
  "internal",
] as const;
export type FailureKind = (typeof failureKinds)[number];

/**
 * Whether the same request may be sent again: `yes` = refused before doing anything, `no` = pointless or unsafe,
 * `only-if-idempotent` = the outcome is unknown.
 */
export const retryRules = ["yes", "no", "only-if-idempotent"] as const;
export type RetryRule = (typeof retryRules)[number];

/** Whether the records of the failed request may be in the service. */
export const writeOutcomes = ["not-applied", "applied", "partial", "unknown"] as const;
export type WriteOutcome = (typeof writeOutcomes)[number];

/** One thing wrong with one value. */
export interface Violation {
  /** Counts from 0, as in the request; absent when unknown. */
  readonly recordIndex?: number;
  readonly field?: string;
  /** A stable word in kebab-case, e.g. `max-length`. */
  readonly rule: string;
  readonly message: string;
}

/** The service's own error, verbatim. */
export interface UpstreamError {
  readonly httpStatus: number;
  readonly code?: string;
  readonly message?: string;
  readonly requestId?: string;
}

/** An exceeded limit, in the unit of the contract (`bytes`, `records`). */
export interface ExceededLimit {
  readonly limit: number;
  readonly actual?: number;
  readonly unit: string;
}

export interface ProviderFailureDetails {
  readonly provider: string;
  readonly kind: FailureKind;
  readonly retry: RetryRule;
  readonly message: string;
  /** Whether a repeat of this very request cannot apply it twice. */
  readonly idempotent: boolean;
  readonly outcome: WriteOutcome;
  readonly violations?: readonly Violation[];
  readonly upstream?: UpstreamError;
  readonly exceeded?: ExceededLimit;
  readonly requiredScope?: string;
  readonly retryAfterMs?: number;
  /** The name of the failure row, for logs and for the client itself. */
  readonly row?: string;
}

/** The only error that a data source throws on purpose. */
export class ProviderFailure extends Error {
  readonly details: ProviderFailureDetails;

  constructor(details: ProviderFailureDetails, options?: ErrorOptions) {
    super(details.message, options);
    this.name = "ProviderFailure";
    this.details = details;
  }

  /** The failure with other details. */
  as(details: Partial<ProviderFailureDetails>): ProviderFailure {
    return new ProviderFailure({ ...this.details, ...details }, { cause: this.cause });
  }

  /** Whether the very same request may be sent again without a second copy of its records. */
  get safeToResend(): boolean {
    const { retry, idempotent } = this.details;
    return retry === "yes" || (retry === "only-if-idempotent" && idempotent);
  }
}
