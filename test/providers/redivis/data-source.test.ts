import { describe, expect, it } from "vitest";
import type { ContractReply, ContractRequest } from "../../../src/contract/message.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { ProviderFailure } from "../../../src/core/failure.js";
import type { WriteReceipt } from "../../../src/core/write.js";
import { redivis } from "../../../src/providers/redivis/index.js";
import { fixedCredential } from "../../../src/contract/credential-source.js";
import { openUpstream } from "../../service/open-upstream.js";
import { writeOver } from "../../service/write-over.js";
import { defineUpload, reference, useRedivis } from "./redivis-service.js";

const openService = useRedivis();

interface Answer {
  readonly status?: number;
  readonly headers?: ContractReply["headers"];
  readonly body: JsonValue | undefined;
}

/** Writes to a service that gives this reply. */
function writeTo({ status = 201, headers = {}, body }: Answer, records: readonly JsonObject[] = [{ age: 1 }]) {
  const sent: ContractRequest[] = [];
  const transport = (request: ContractRequest): Promise<ContractReply> => {
    sent.push(request);
    return Promise.resolve({ status, headers, body });
  };
  const clock = { now: () => new Date("2026-11-20T12:00:00Z") };
  const upstream = openUpstream({ credentials: fixedCredential("secret") });
  const target = { tableReference: reference, uploadName: "tiny file.csv" };
  const result = writeOver(redivis, transport, { upstream, clock })("insertRecords", { target, records });
  return { sent, result };
}

async function failureOf(answer: Answer, records?: readonly JsonObject[]) {
  const error: unknown = await writeTo(answer, records).result.catch((thrown: unknown) => thrown);
  if (error instanceof ProviderFailure) return error.details;
  throw new Error("it did not fail", { cause: error });
}

describe("a request", () => {
  it("has the rows and nothing else, an encoded reference and the upload's name without dots", async () => {
    const { sent, result } = writeTo({ body: { rowsAdded: 1 } }, [{ age: 9007199254740993n }]);
    await result;
    expect(sent).toEqual([
      expect.objectContaining({
        method: "POST",
        path: "/api/v1/tables/demo.my_data%3Aabcd%3Anext.a_table%3Awxyz/uploads/tiny%20file_csv/rows",
        query: {},
        headers: { authorization: "Bearer secret" },
        body: expect.objectContaining({ kind: "value", value: { rows: [{ age: 9007199254740993n }] } }) as unknown,
      }),
    ]);
  });

  it.each([NaN, Infinity, -Infinity])("is not sent with %d, which JSON does not have", async (number) => {
    const { sent, result } = writeTo({ body: { rowsAdded: 2 } }, [{ age: 1 }, { age: 2, score: number }]);
    await expect(result).rejects.toMatchObject({
      details: { kind: "invalid-input", outcome: "not-applied", violations: [{ recordIndex: 1, field: "score" }] },
    });
    expect(sent).toEqual([]);
  });

  it.each(["demo.my_data", "..", "demo..a", ""])("has no target of the form %j", (tableReference) => {
    expect(redivis.targets.insertRecords?.safeParse({ tableReference, uploadName: "u" }).success).toBe(false);
  });
});

describe("a success", () => {
  it.each([
    [{ body: { kind: "insertRowsResponse", rowsAdded: 1 } }, { count: 1, skippedCount: 0, warnings: [] }],
    [
      { status: 200, body: { rowsAdded: 1, rowsSkipped: 0, schemaUpdates: [] } },
      { count: 1, skippedCount: 0 },
    ],
    [{ body: { rowsAdded: 0 } }, { count: 0, skippedCount: 1, warnings: ["1 of 1 rows were skipped."] }],
    [
      { headers: { "x-redivis-warning": "No reference id" }, body: { rowsAdded: 1 } },
      { warnings: ["No reference id"] },
    ],
  ])("%j", async (answer, receipt) => {
    expect(await writeTo(answer).result).toMatchObject({ status: "stored", ...receipt });
  });

  it("of the embedded service names the first rows that were skipped", async () => {
    const service = openService();
    const upload = await service.create(defineUpload({ upload: { skipBadRecords: true } }));
    const receipt = (await service.write([
      { integer: 1 },
      { integer: "x" },
      ...Array.from({ length: 6 }, () => ({ nope: 1 })),
    ])) as WriteReceipt & { warnings: readonly string[] };
    expect(receipt).toMatchObject({ status: "stored", count: 1, skippedCount: 7, collectionId: upload.id });
    expect(receipt.warnings).toHaveLength(1);
    expect(receipt.warnings[0]).toMatch(
      /^7 of 8 rows were skipped: row 1, variable integer: must be .*; row 2, variable nope: .*; row 5, variable nope: [^;]*; and 2 more\.$/,
    );
  });

  it("of the embedded service warns of a reference without ids", async () => {
    const service = openService();
    await service.create(defineUpload());
    const receipt = await service.write([], { reference: "demo.my_data:next.a_table" });
    expect(receipt).toMatchObject({
      warnings: [
        expect.stringMatching(
          /^No reference id was provided for the dataset, .* "my_data:abcd"\. No reference id .* table, .* "a_table:wxyz"\.$/,
        ),
      ],
    });
  });
});

describe("a failure", () => {
  it.each<[string, Answer, object]>([
    [
      "of today",
      { status: 404, body: { status: 404, error: "not_found", error_description: "Upload not found" } },
      { kind: "not-found", retry: "no", message: "Upload not found", upstream: { httpStatus: 404, code: "not_found" } },
    ],
    [
      "with a suffixed code",
      { status: 400, body: { status: 400, error: "invalid_request_error" } },
      { kind: "invalid-input", message: "invalid_request_error" },
    ],
    [
      "with another suffixed code and no status of its own",
      { status: 400, body: { error: "not_found_error" } },
      { kind: "not-found" },
    ],
    [
      "of the legacy form",
      { status: 404, body: { error: { message: "Table not found", status: 404 } } },
      { kind: "not-found", retry: "no", message: "Table not found" },
    ],
    [
      "of the legacy form in a success",
      { status: 200, body: { error: { message: "Table not found", status: 404 } } },
      { kind: "not-found", outcome: "not-applied", upstream: { httpStatus: 200 } },
    ],
    [
      "with a scope",
      { status: 403, body: { status: 403, error: "insufficient_scope", error_description: "x", scope: "data.edit" } },
      { kind: "permission-denied", requiredScope: "data.edit" },
    ],
    [
      "with an unknown code",
      { status: 403, body: { status: 403, error: "other", amr_values: "mfa" } },
      { kind: "permission-denied", message: "other" },
    ],
    [
      "about the rate",
      { status: 429, headers: { "retry-after": "2" }, body: { status: 429, error: "too_many_requests" } },
      { kind: "rate-limited", retry: "yes", retryAfterMs: 2000 },
    ],
    [
      "about the rate, with a date",
      {
        status: 429,
        headers: { "retry-after": "Fri, 20 Nov 2026 12:00:03 GMT" },
        body: "Too many requests, please try again later.",
      },
      { kind: "rate-limited", retry: "yes", retryAfterMs: 3000, message: "Too many requests, please try again later." },
    ],
    [
      "of a busy service",
      { status: 503, body: { status: 503, error: "unavailable" } },
      { kind: "unavailable", retry: "yes", outcome: "not-applied" },
    ],
    [
      "of a busy gateway",
      { status: 503, body: "<html>" },
      { kind: "unavailable", retry: "only-if-idempotent", outcome: "unknown" },
    ],
    [
      "of the service itself",
      { status: 500, body: { status: 500, error: "internal_error" } },
      { kind: "internal", retry: "only-if-idempotent", outcome: "unknown", idempotent: false },
    ],
    [
      "of a gateway",
      { status: 502, body: "<html>Bad Gateway</html>" },
      { kind: "unavailable", retry: "only-if-idempotent", outcome: "unknown" },
    ],
    [
      "of a gateway that did not wait",
      { status: 504, body: undefined },
      { kind: "timeout", retry: "only-if-idempotent" },
    ],
    [
      "that is a page",
      { status: 404, body: "<html>" },
      {
        kind: "not-found",
        retry: "only-if-idempotent",
        outcome: "unknown",
        message: "redivis answered with HTTP status 404",
      },
    ],
    [
      "in the words of a proxy's framework",
      { status: 404, body: { timestamp: 0, status: 404, error: "Not Found", path: "/api" } },
      { kind: "not-found", outcome: "unknown", upstream: { httpStatus: 404 } },
    ],
    [
      "of the former form",
      { status: 404, body: { error: { message: "Table not found", status: 404 } } },
      { kind: "not-found", retry: "no", outcome: "not-applied", message: "Table not found" },
    ],
    [
      "that is a page in a success",
      { status: 200, body: "<html>" },
      { kind: "unavailable", retry: "only-if-idempotent", outcome: "unknown" },
    ],
    [
      "that looks like a success",
      { status: 201, body: { kind: "insertRowsResponse" } },
      { kind: "internal", outcome: "unknown" },
    ],
    [
      "that looks like a success without a body",
      { status: 204, body: undefined },
      { kind: "internal", outcome: "unknown" },
    ],
    [
      "about the size",
      { status: 413, body: { error: { message: "too large", status: 413 } } },
      { kind: "payload-too-large", retry: "no" },
    ],
  ])("%s", async (_name, answer, details) => {
    expect(await failureOf(answer)).toMatchObject(details);
  });
});
