import { describe, expect, test } from "vitest";
import { findRowOfReply } from "../../src/contract/failures/row-of-reply.js";
import { outcomeOf, type FailureRow } from "../../src/contract/failures/failure-row.js";
import type { Contract } from "../../src/contract/contract.js";
import type { ContractReply } from "../../src/contract/message.js";
import type { WriteOperation } from "../../src/core/write.js";
import * as registry from "../../src/providers/registry.js";
import { createWaitlessClock } from "../service/waitless-clock.js";
import { useApp } from "../service/use-app.js";
import { distinctRows } from "./distinct-rows.js";
import { sampleOf } from "./sample-of.js";
import { toResponse } from "./wire.js";
import { write } from "./write.js";

const typeNames = {
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
} satisfies Record<FailureRow["kind"], string>;

function writtenRow({ dialect }: Contract, row: FailureRow): ContractReply {
  const headers = row.plainText ? { "content-type": "text/plain" } : dialect.headers;
  const body = row.plainText
    ? row.message
    : dialect.writeError({ row, message: row.message, parameters: {}, requestId: "REQUEST" });
  return { status: row.status, headers, body };
}

const providers = Object.values(registry);
let reply: ContractReply;
const app = useApp({
  // Rows that permit it are sent again, after waits that take no time here.
  clock: createWaitlessClock(),
  environment: Object.fromEntries(providers.map(({ id }) => [`${id.toUpperCase()}_BASE_URL`, "http://service.test"])),
  fetch: () => Promise.resolve(toResponse(reply)),
});

describe.each(providers)("$id", (provider) => {
  test.each(distinctRows(provider.contracts))("reads back the row it writes for $label", ({ row, contracts }) => {
    for (const contract of contracts)
      expect([contract.name, findRowOfReply(contract, writtenRow(contract, row))?.name]).toEqual([
        contract.name,
        row.name,
      ]);
  });

  describe("behind a service that fails", () => {
    test.each(distinctRows(provider.contracts.filter(({ operation }) => operation !== undefined)))(
      "shows GraphQL clients $label",
      async ({ row }) => {
        const { target, records } = sampleOf(provider);
        for (const contract of writesThatDiffer(provider.contracts, row.name)) {
          reply = writtenRow(contract, row);
          const result = await write(app(), { provider: provider.id, operation: contract.operation, target, records });
          expect(result).toMatchObject({
            __typename: typeNames[row.kind],
            provider: provider.id,
            retryable: row.retry.toUpperCase().replaceAll("-", "_"),
            outcome: outcomeOf(row).toUpperCase().replaceAll("-", "_"),
            safeToResend: row.retry === "yes" || (row.retry === "only-if-idempotent" && contract.idempotent),
            upstream: { httpStatus: row.status, ...(row.code === undefined ? {} : { code: String(row.code) }) },
          });
        }
      },
    );
  });
});

/** One contract for each operation with the row: the outcome depends on whether the operation is idempotent. */
function writesThatDiffer(
  contracts: readonly Contract[],
  name: string,
): readonly (Contract & { readonly operation: WriteOperation })[] {
  const writes = contracts.flatMap((contract) =>
    contract.operation !== undefined && contract.failures.some((row) => row.name === name)
      ? [{ ...contract, operation: contract.operation }]
      : [],
  );
  return writes.filter(({ operation }, index) => writes.findIndex((other) => other.operation === operation) === index);
}
