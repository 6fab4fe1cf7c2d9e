import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findRowOfReply } from "../../src/contract/failure-reading.js";
import { outcomeOf, type FailureRow } from "../../src/contract/failures.js";
import type { Contract } from "../../src/contract/contract.js";
import type { ContractReply } from "../../src/contract/message.js";
import * as registry from "../../src/providers/registry.js";
import { createTestApp, type TestApp } from "../../src/test-app.js";
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
  const body = row.plainText ? row.message : dialect.writeError({ row, message: row.message, parameters: {}, requestId: "REQUEST" });
  return { status: row.status, headers, body };
}

describe.each(Object.values(registry))("$id", (provider) => {
  const rows = provider.contracts.flatMap((contract) => contract.failures.map((row) => ({ contract, row, label: `${contract.name}: ${row.name}` })));

  test.each(rows)("reads back the row it writes for $label", ({ contract, row }) => {
    expect(findRowOfReply(contract, writtenRow(contract, row))?.name).toBe(row.name);
  });

  describe("behind a service that fails", () => {
    let app: TestApp;
    let reply: ContractReply;
    beforeAll(async () => {
      const environment = { [`${provider.id.toUpperCase()}_BASE_URL`]: "http://service.test" };
      app = await createTestApp({ providers: [provider], environment, fetch: () => Promise.resolve(toResponse(reply)) });
    });
    afterAll(() => app.close());

    const writes = rows.flatMap(({ contract, row, label }) => (contract.operation === undefined ? [] : [{ contract, row, label, operation: contract.operation }]));
    test.each(writes)("shows GraphQL clients $label", async ({ contract, row, operation }) => {
      reply = writtenRow(contract, row);
      const [sample] = provider.samples;
      if (sample === undefined) throw new Error("a provider has at least one sample");
      const result = await write(app, { provider: provider.id, operation, target: sample.target, records: sample.records });
      expect(result).toMatchObject({
        __typename: typeNames[row.kind],
        provider: provider.id,
        retryable: row.retry.toUpperCase().replaceAll("-", "_"),
        outcome: outcomeOf(row).toUpperCase().replaceAll("-", "_"),
        safeToResend: row.retry === "yes" || (row.retry === "only-if-idempotent" && contract.idempotent),
        upstream: { httpStatus: row.status, ...(row.code === undefined ? {} : { code: String(row.code) }) },
      });
    });
  });
});
