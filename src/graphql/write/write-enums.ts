import type { FailureKind, RetryRule, WriteOutcome } from "../../core/failure.js";
import type { Batching } from "../../core/write.js";
import { registerStringEnum } from "../schema/string-enum.js";

export const Retryable = registerStringEnum<RetryRule>({
  name: "Retryable",
  description: "The contract's rule for repeating a request with this failure.",
  meanings: {
    yes: "The service refused the request before it did anything: a repeat is safe.",
    no: "A repeat is pointless or unsafe.",
    "only-if-idempotent": "The outcome is unknown: a repeat is safe only where it cannot apply the request twice.",
  },
});

export const WriteOutcomes = registerStringEnum<WriteOutcome>({
  name: "WriteOutcome",
  description: "Whether the service may have stored the records of a failed request.",
  meanings: {
    "not-applied": "No record was stored.",
    applied: "All records were stored.",
    partial: "Some records were stored.",
    unknown: "Unknown: only a read can show it.",
  },
});

/** In the words of the schema: the default of an input is read from its text, before enums have words of their own. */
export const batchingWords = { NONE: "none", SPLIT: "split" } as const satisfies Readonly<
  Record<Uppercase<Batching>, Batching>
>;

export const Batchings = registerStringEnum<Uppercase<Batching>>({
  name: "Batching",
  description: "What becomes of records that one call of the service cannot have.",
  meanings: {
    NONE: "One call for all records: over a limit of the contract, the request is refused.",
    SPLIT:
      "As many calls as the limits need, each with as many records as it may have, one after another until one fails. Each call is atomic by itself, the request is not. `ProviderLimit.partMax` is the most that a call then has.",
  },
});

export const WriteErrorKinds = registerStringEnum<FailureKind>({
  name: "WriteErrorKind",
  description: "The closed list of failure kinds; each kind has its own error type.",
  meanings: {
    "invalid-input": "WriteInvalidInputError",
    unauthenticated: "WriteUnauthenticatedError",
    "permission-denied": "WritePermissionDeniedError",
    "not-found": "WriteNotFoundError",
    conflict: "WriteConflictError",
    "duplicate-request": "WriteDuplicateRequestError",
    "payload-too-large": "WritePayloadTooLargeError",
    "rate-limited": "WriteRateLimitedError",
    "not-ready": "WriteNotReadyError",
    "resource-broken": "WriteResourceBrokenError",
    timeout: "WriteTimeoutError",
    unavailable: "WriteUnavailableError",
    internal: "WriteInternalError",
  },
});
