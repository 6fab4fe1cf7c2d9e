import { describe, expect, it } from "vitest";
import { findRowOfReply } from "../../../src/contract/failures/row-of-reply.js";
import type { FailureRow } from "../../../src/contract/failures/failure-row.js";
import type { ContractReply, ContractRequest } from "../../../src/contract/message.js";
import { vectorDialect, succeededV1Write } from "../../../src/vector/wire/dialect.js";
import { vectorFailures, vectorFailuresV2 } from "../../../src/vector/failures/vector-failures.js";
import { RequestScope } from "../../../src/core/request-scope.js";
import type { JsonValue } from "../../../src/json/value.js";
import { defineVectorContracts } from "../../../src/vector/wire/contracts.js";

const limits = { maxBytes: 1000 };
const contracts = defineVectorContracts({
  source: { v1: "a document", v2: "another one" },
  limits: { insert: limits, upsert: limits },
});

function write(row: FailureRow): ContractReply {
  const { message } = row;
  return toReply(
    row.status,
    row.plainText ? message : vectorDialect.writeError({ row, message, parameters: {}, requestId: "-" }),
  );
}

function toReply(status: number, body: JsonValue | undefined): ContractReply {
  return { status, headers: {}, body };
}

const request: ContractRequest = {
  method: "POST",
  path: "/",
  query: {},
  headers: {},
  body: { kind: "value", value: {} },
  scope: new RequestScope(),
};

function read(status: number, body: JsonValue | undefined): FailureRow | undefined {
  return findRowOfReply(contracts.v1.upsert, toReply(status, body));
}

describe("a failure row", () => {
  it.each(vectorFailures.rows.map((row) => [row.name, row] as const))(
    "%s is found again in the reply it writes",
    (_name, row) => {
      expect(findRowOfReply(contracts.v1.insert, write(row))).toBe(row);
      expect(findRowOfReply(contracts.v1.upsert, write(row))).toBe(row);
      expect(succeededV1Write(write(row))).toBe(false);
    },
  );

  it.each(vectorFailuresV2.rows.map((row) => [row.name, row] as const))(
    "%s of the second version too",
    (_name, row) => {
      for (const contract of Object.values(contracts.v2)) {
        expect(findRowOfReply(contract, write(row))).toBe(row);
        expect(contract.succeeded(write(row), request)).toBe(false);
      }
    },
  );
});

describe("replies of real servers", () => {
  it.each<[string, number, JsonValue | undefined, string, string]>([
    ["a code as text", 200, { code: "1804", message: "x" }, "invalid-data", "no"],
    [
      "a name that starts with a digit",
      200,
      {
        code: 1100,
        message:
          "Invalid collection name: 1a.  the first character of a collection name must be an underscore or letter",
      },
      "collection-name-start",
      "no",
    ],
    ["65535 with 403", 403, { code: 65535, message: "PermissionDenied" }, "no-privilege", "no"],
    ["any other 65535", 200, { code: 65535, message: "value 'NaN' is not a number or infinity" }, "internal", "no"],
    [
      "65535 for a collection made again otherwise",
      200,
      { code: 65535, message: "create duplicate collection with different parameters, collection: book" },
      "different-collection",
      "no",
    ],
    [
      "the same with 403",
      403,
      { code: 65535, message: "create duplicate collection with different parameters, collection: book" },
      "no-privilege",
      "no",
    ],
    [
      "no collection to drop",
      200,
      { code: 100, message: "collection not found, database: default, collection: book" },
      "drop-not-found",
      "no",
    ],
    [
      "no collection, in the words of a newer server",
      200,
      { code: 100, message: "collection not found[database=default][collection=book]" },
      "collection-absent",
      "no",
    ],
    [
      "what is missing, of either version",
      200,
      { code: 1802, message: "missing required parameters, error: Key: 'CollectionDataReq.Data'" },
      "missing-parameters",
      "no",
    ],
    [
      "a key of an unknown type",
      200,
      {
        code: 1806,
        message:
          "please check the primary key and its' type can only in [int, string], error: unsupported primary key data type",
      },
      "unsupported-key",
      "no",
    ],
    [
      "a key that is none",
      200,
      {
        code: 1806,
        message: "please check the primary key and its' type can only in [int, string], error: unable to cast",
      },
      "invalid-key",
      "no",
    ],
    ["an unknown code", 200, { code: 4711, message: "?" }, "internal", "no"],
    ["an unknown code of the control plane", 200, { code: 96123, message: "?" }, "internal", "no"],
    [
      "the size of an insert",
      200,
      { code: 1102, message: "parameter too large[message=insert request size exceeds maxInsertSize]" },
      "insert-too-large",
      "no",
    ],
    [
      "an error code that collides with success",
      200,
      { code: 200, message: "partition not found[partition=p]" },
      "partition-not-found",
      "no",
    ],
    ["loading", 200, { code: 103, message: "collection not fully loaded" }, "not-ready", "yes"],
    [
      "a rate limit, two objects in one body",
      200,
      '{"code":8,"message":"M, error: {}{ }"}{"code":8,"message":"M"}',
      "rate-limited",
      "yes",
    ],
    ["429 of the server", 429, { code: 1807, message: "slow" }, "rate-limited", "yes"],
    ["429 of a proxy", 429, "slow", "gateway-rate-limit", "yes"],
    [
      "a timeout of the server",
      408,
      { code: 10001, message: "request timeout" },
      "deadline-exceeded",
      "only-if-idempotent",
    ],
    ["a timeout of the proxy", 504, undefined, "gateway-timeout", "only-if-idempotent"],
    ["a crash", 500, { code: 5, message: "?" }, "gateway-failure", "only-if-idempotent"],
    [
      "a refusal that something in between answered with its own status",
      504,
      { code: 2, message: "down" },
      "gateway-timeout",
      "only-if-idempotent",
    ],
    ["a gateway without a server", 502, "<html></html>", "gateway-failure", "only-if-idempotent"],
    ["a gateway before a server that is down", 503, undefined, "gateway-unavailable", "only-if-idempotent"],
    ["a page instead of an answer", 200, "<html></html>", "unreadable-answer", "only-if-idempotent"],
    ["the cloud's type mismatch", 200, { code: 90139, message: "type mismatch" }, "cloud-invalid-data", "no"],
    ["the cloud's unknown token", 401, { code: 80001, message: "The token is illegal" }, "token-illegal", "no"],
  ])("%s", (_name, status, body, name, retry) => {
    expect(read(status, body)).toMatchObject({ name, retry });
  });

  it("keep the message of the first object in a body", () => {
    expect(vectorDialect.readError('{"code":8,"message":"a}{b"}{"code":9}')).toEqual({ code: "8", message: "a}{b" });
  });
});

describe("success", () => {
  const upserted = { upsertCount: 1, upsertIds: ["1"] };

  it.each<[string, JsonValue | undefined, boolean]>([
    ["code 200 with data", { code: 200, data: upserted }, true],
    ["code 200 as text", { code: "200", data: upserted }, true],
    ["code 0 with count and ids", { code: 0, data: upserted, cost: 6 }, true],
    ["code 0 without ids", { code: 0, data: { upsertCount: 1 } }, false],
    ["code 200 with a message only", { code: 200, message: "partition not found" }, false],
    ["another code with data", { code: 1804, data: upserted }, false],
    ["no code", { data: upserted }, false],
    ["no JSON", "OK", false],
  ])("%s: %s", (_name, body, success) => {
    expect(succeededV1Write(toReply(200, body))).toBe(success);
  });

  it("takes ids in both forms and refuses others", () => {
    const { reply } = contracts.v1.insert;
    const of = (insertIds: readonly unknown[]) => reply.safeParse({ data: { insertCount: 1, insertIds } });
    expect(of([449579834597179393n, 5, "a"]).data).toEqual({ count: 1, ids: ["449579834597179393", "5", "a"] });
    expect([of([1.5]), of([null]), of([{}])].map(({ success }) => success)).toEqual([false, false, false]);
  });
});
