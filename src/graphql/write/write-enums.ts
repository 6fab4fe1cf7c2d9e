import type { FailureKind, RetryRule, WriteOutcome } from "../../core/failure.js";
import { registerStringEnum } from "../schema/string-enum.js";

export const Retryable = registerStringEnum<RetryRule>({
  name: "Retryable",
  description: "Whether a request that failed this way may be sent again, as the contract says.",
  meanings: {
    yes: "It was refused before anything was done.",
    no: "It is pointless or unsafe.",
    "only-if-idempotent": "What became of it is unknown: only where a repeat cannot apply it twice.",
  },
});

export const WriteOutcomes = registerStringEnum<WriteOutcome>({
  name: "WriteOutcome",
  description: "Whether the records of a failed request may be in the service.",
  meanings: {
    "not-applied": "None is.",
    applied: "All are.",
    partial: "Some are.",
    unknown: "Nobody can tell without looking.",
  },
});

export const WriteErrorKinds = registerStringEnum<FailureKind>({
  name: "WriteErrorKind",
  description: "The closed list of what can go wrong; each kind has an error type of its own.",
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
