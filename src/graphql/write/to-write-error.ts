import type { WrittenPart } from "../../application/split-write.js";
import { type FailureKind, ProviderFailure } from "../../core/failure.js";
import type { WriteReceipt } from "../../core/write.js";
import type { WriteError } from "./write-error.js";
import * as errors from "./write-errors.js";

type WriteErrorClass = new (failure: ProviderFailure) => WriteError;

const errorTypes = {
  "invalid-input": errors.WriteInvalidInputError,
  unauthenticated: errors.WriteUnauthenticatedError,
  "permission-denied": errors.WritePermissionDeniedError,
  "not-found": errors.WriteNotFoundError,
  conflict: errors.WriteConflictError,
  "duplicate-request": errors.WriteDuplicateRequestError,
  "payload-too-large": errors.WritePayloadTooLargeError,
  "rate-limited": errors.WriteRateLimitedError,
  "not-ready": errors.WriteNotReadyError,
  "resource-broken": errors.WriteResourceBrokenError,
  timeout: errors.WriteTimeoutError,
  unavailable: errors.WriteUnavailableError,
  internal: errors.WriteInternalError,
} as const satisfies Record<FailureKind, WriteErrorClass>;

export type AnyWriteError = InstanceType<(typeof errorTypes)[FailureKind]>;

/** Every error type, for the unions. */
export const allWriteErrors = Object.values(errorTypes);

export function toWriteError(failure: ProviderFailure): AnyWriteError {
  return new errorTypes[failure.details.kind](failure);
}

/** The result of one part of a split write. */
export function toPartResult<Result>(
  { result }: WrittenPart,
  toResult: (receipt: WriteReceipt) => Result,
): Result | AnyWriteError {
  return result instanceof ProviderFailure ? toWriteError(result) : toResult(result);
}
