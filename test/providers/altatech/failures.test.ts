import { describe, expect, it } from "vitest";
import { findRowOfReply } from "../../../src/contract/failures/row-of-reply.js";
import { fillMessage, type FailureRow } from "../../../src/contract/failures/failure-row.js";
import type { ContractReply } from "../../../src/contract/message.js";
import { isJsonObject, type JsonValue } from "../../../src/json/value.js";
import { importRecordsContract, queryImportResultsContract } from "../../../src/providers/altatech/contract.js";
import { altatechDialect } from "../../../src/providers/altatech/dialect.js";

function write(row: FailureRow): ContractReply {
  const message = fillMessage(row.message, { limit: 1000, actual: 1001, problem: "`records`: must not be empty" });
  const body = row.plainText ? message : altatechDialect.writeError({ row, message, parameters: {}, requestId: "-" });
  return { status: row.status, headers: {}, body };
}

function rowOf(status: number, body: JsonValue | undefined): string | undefined {
  return findRowOfReply(importRecordsContract, { status, headers: {}, body })?.name;
}

describe.each([importRecordsContract, queryImportResultsContract])("$name", (contract) => {
  it.each(contract.failures.map((row) => [row.name, row] as const))("reads what it writes as %s", (_name, row) => {
    const reply = write(row);
    expect(findRowOfReply(contract, reply)).toBe(row);
    if (isJsonObject(reply.body)) expect(Object.keys(reply.body)).toEqual(["code", "message"]);
  });
});

it("gives a code that begins with 403 the status 403, another code the status that it begins with, and 20055 the status 400", () => {
  for (const { code, status, plainText } of importRecordsContract.failures) {
    if (plainText) continue;
    const digits = String(code);
    expect(status).toBe(digits.startsWith("2") ? 400 : Number(digits.slice(0, 3)));
  }
});

describe("replies of the real service", () => {
  it.each([
    ["a code in a reply of status 200", 200, { code: 40000, message: "Invalid parameter(s)" }, "parameter-error"],
    [
      "the form of the overview page",
      403,
      { error: { code: "403131", message: "no access", status: 403 } },
      "table-not-accessible",
    ],
    ["a caller's code that no document names", 400, { code: 40356, message: "?" }, "other-caller-error"],
    ["a six-digit code that no document names", 403, { code: 403999, message: "?" }, "other-caller-error"],
    ["a service's code that no document names", 200, { code: 51234, message: "?" }, "other-service-error"],
    [
      "the overview page's rate limit",
      429,
      { error: { code: "RATE_LIMITED", message: "slow down", status: 429 } },
      "gateway-rate-limit",
    ],
    ["a gateway without the service", 502, "<html>Bad Gateway</html>", "gateway-failure"],
    ["a gateway that did not wait", 504, undefined, "gateway-timeout"],
    ["a gateway before a switched-off service", 503, "<html></html>", "gateway-unavailable"],
    ["a page instead of a reply", 200, "<html></html>", "unreadable-answer"],
  ])("knows %s", (_name, status, body, name) => {
    expect(rowOf(status, body)).toBe(name);
  });

  it("treats a code outside the families as the reply of a gateway", () => {
    expect(rowOf(418, { code: 7, message: "?" })).toBe("invalid");
  });
});
