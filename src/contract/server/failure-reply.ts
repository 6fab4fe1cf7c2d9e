import type { IdSource } from "../../core/clock.js";
import { findRow, type Contract } from "../contract.js";
import { fillMessage, type RefusalDetails } from "../failures/failure-row.js";
import { stringifyJson } from "../../json/stringify.js";
import type { ContractReply, ContractRequest } from "../message.js";
import { fitViolations } from "../violations-header.js";

interface RefusedRequest {
  readonly contract: Contract;
  readonly request: ContractRequest;
  readonly details: RefusalDetails;
  readonly ids: Pick<IdSource, "uuid">;
  /** Absent: a new one. */
  readonly requestId?: string;
  /** Replaces the status of the row. */
  readonly status?: number;
}

/** Writes a failure row in the dialect of its contract. */
export function writeFailure({ contract, request, details, ids, requestId, status }: RefusedRequest): ContractReply {
  const { dialect } = contract;
  const { parameters = {} } = details;
  const declared = findRow(contract, details.failure);
  const row = status === undefined ? declared : { ...declared, status };
  const message = fillMessage(row.message, parameters);
  const body = row.plainText
    ? message
    : dialect.writeError({ row, message, parameters, requestId: requestId ?? ids.uuid() });
  const isHead = request.method === "HEAD";
  const headers = {
    ...dialect.headers,
    ...(row.kind === "unauthenticated" ? dialect.challenge?.(request) : {}),
    ...(row.plainText ? { "content-type": "text/plain" } : {}),
    ...(isHead && dialect.errorHeader !== undefined
      ? { [dialect.errorHeader]: encodeURIComponent(stringifyJson(body)) }
      : {}),
  };
  return {
    status: row.status,
    headers,
    body: isHead ? undefined : body,
    violations: fitViolations(details.violations),
  };
}
