import type { IdSource } from "../../core/clock.js";
import type { Log } from "../../core/log.js";
import { ReadLimitError } from "../../core/read-meter.js";
import { clientRequestIdHeader, createRequestId, requestIdHeader } from "../../core/request-id.js";
import { RequestLeftError, StoreUnavailableError } from "../../core/store.js";
import { UnstorableValueError } from "../../json/storable.js";
import type { Contract } from "../contract.js";
import { RefusalError, type RefusalDetails } from "../failures/failure-row.js";
import type { ContractReply, ContractRequest } from "../message.js";
import { OverloadError } from "../../core/overload-error.js";
import { writeFailure } from "./failure-reply.js";
import { KeyRateError, toKeyRateReply } from "./key-rate.js";
import { toUnstorableRefusal } from "./unstorable-refusal.js";

export function toOverloadReply(refused: {
  readonly contract: Contract;
  readonly request: ContractRequest;
  readonly error: OverloadError;
  readonly ids: IdSource;
}): ContractReply {
  const { contract, request, error, ids } = refused;
  const details = { failure: contract.serviceFailures.unavailable };
  const { headers, ...reply } = writeFailure({ contract, request, details, ids });
  return { ...reply, headers: { ...headers, "retry-after": String(error.retryAfterSeconds) } };
}

/** The reply to a request whose checks or service threw the error. Logs it, unless it is a refusal. */
export function toFailureReply(
  options: { readonly ids: IdSource; readonly log: Log },
  failed: { contract: Contract; request: ContractRequest; error: unknown; body?: unknown },
): ContractReply {
  const { contract, request, error, body } = failed;
  const refuse = (details: RefusalDetails) => writeFailure({ contract, request, details, ids: options.ids });
  // A refusal with a row that the table does not have is a defect.
  if (error instanceof RefusalError && contract.failures.some(({ name }) => name === error.details.failure))
    return refuse(error.details);
  if (error instanceof KeyRateError) return toKeyRateReply({ contract, request, error, ids: options.ids });
  if (error instanceof OverloadError) return toOverloadReply({ contract, request, error, ids: options.ids });
  const { serviceFailures } = contract;
  if (error instanceof UnstorableValueError) return refuse(toUnstorableRefusal(contract, error, body));
  if (error instanceof ReadLimitError) return refuse(toReadLimitRefusal(contract, error));
  const requestId = request.requestId?.() ?? createRequestId(options.ids, request.headers[clientRequestIdHeader]);
  if (!(error instanceof RequestLeftError))
    options.log.error({ contract: contract.name, requestId, error }, "a service failed");
  const details = { failure: serviceFailures[toServiceFailure(error)] };
  const reply = writeFailure({ contract, request, details, ids: options.ids, requestId });
  return { ...reply, headers: { ...reply.headers, [requestIdHeader]: requestId } };
}

function toReadLimitRefusal({ serviceFailures }: Contract, { message }: ReadLimitError): RefusalDetails {
  const problem = `${message}: ask for fewer`;
  return { failure: serviceFailures.answerTooLarge, parameters: { problem, cause: problem } };
}

function toServiceFailure(error: unknown): "internal" | "interrupted" | "unavailable" {
  if (!(error instanceof StoreUnavailableError)) return "internal";
  return error.outcome === "unknown" ? "interrupted" : "unavailable";
}
