import { expect, it } from "vitest";
import { z } from "zod";
import { refuseBodyAs } from "../../src/contract/failures/body-refusal.js";
import type { ContractClient } from "../../src/contract/call.js";
import { defineContract } from "../../src/contract/define-contract.js";
import { defineFailures, extendFailures } from "../../src/contract/failures/failure-table.js";
import type { PathParameters } from "../../src/contract/paths.js";
import { endpoint, type CallOf, type ServiceReply } from "../../src/contract/service.js";
import { callerCheck, dialect, failures, toyContract } from "./toy-contract.js";

const contract = toyContract();

const usual = {
  name: "insert",
  summary: "",
  source: "",
  method: "POST",
  path: "/v1/{table}/rows",
  dialect,
  body: z.unknown(),
  reply: z.unknown(),
  status: 200,
  succeeded: () => true,
  idempotent: false,
  keyOperation: "write",
  failures,
} as const;

const limits = [{ name: "rows", setting: "MAX_ROWS", unit: "records", description: "rows" }] as const;
const done = (): Promise<ServiceReply> => Promise.resolve({ body: {} });

/** Never called: what stands here is for the compiler, which refuses each line that is expected to be wrong. */
export function wrongUses(call: ContractClient<unknown, "/v1/{table}/rows">, signal: AbortSignal): void {
  failures.refuse("bad-value", { problem: "p" });
  failures.refuse("bad-family", {}, []);
  // @ts-expect-error a row that the table does not have
  failures.refuse("bad-valu", { problem: "p" });
  // @ts-expect-error a parameter that the message asks for is missing
  failures.refuse("bad-value");
  // @ts-expect-error a parameter has another name
  failures.refuse("bad-value", { problme: "p" });
  // @ts-expect-error a parameter that the message does not ask for
  failures.refuse("bad-value", { problem: "p", limit: 1 });
  // @ts-expect-error a message without parameters takes none
  failures.refuse("bad-family", { problem: "p" });
  // @ts-expect-error a body is refused by a row that says what the problem is
  refuseBodyAs(failures, "no-scope");

  defineContract({ ...usual, limits, checks: [callerCheck, { check: "limit", limit: "rows", failure: "too-many" }] });
  defineContract({ ...usual, limits: [], checks: [], public: true });
  // @ts-expect-error neither a caller check nor public
  defineContract({ ...usual, limits: [], checks: [] });
  // @ts-expect-error public and a caller check
  defineContract({ ...usual, limits: [], checks: [callerCheck], public: true });
  // @ts-expect-error a check refuses by a row that the table does not have
  defineContract({ ...usual, limits: [], checks: [{ ...callerCheck, failure: "no-kye" }] });
  // @ts-expect-error a missing key is refused by a row that the table does not have
  defineContract({ ...usual, limits: [], checks: [{ ...callerCheck, missingFailure: "no-kye" }] });
  // @ts-expect-error a check refuses by a row whose message it cannot fill
  defineContract({ ...usual, limits: [], checks: [{ ...callerCheck, failure: "bad-value" }] });
  // @ts-expect-error a check that does not exist
  defineContract({ ...usual, limits: [], checks: [callerCheck, { check: "captcha", failure: "no-key" }] });
  // @ts-expect-error a check of a limit that the contract does not have
  defineContract({ ...usual, limits, checks: [callerCheck, { check: "limit", limit: "rowz", failure: "too-many" }] });
  const timeLimit = { check: "time-limit", header: "x-seconds", readMs: Number, failure: "late" } as const;
  defineContract({ ...usual, limits: [], checks: [callerCheck, timeLimit] });
  // @ts-expect-error the end of the time is answered by a row that the table does not have
  defineContract({ ...usual, limits: [], checks: [callerCheck, { ...timeLimit, failure: "lte" }] });
  // @ts-expect-error the names of headers are lower-case
  defineContract({ ...usual, limits: [], checks: [callerCheck, { ...timeLimit, header: "X-Seconds" }] });
  // @ts-expect-error a time is a number, not a text
  defineContract({ ...usual, limits: [], checks: [callerCheck, { ...timeLimit, readMs: (value) => value }] });
  const refuseShape = refuseBodyAs(failures, "bad-value");
  const bodyCheck = { check: "body", syntaxFailure: "bad-vlue", refuseShape } as const;
  // @ts-expect-error a broken body is refused by a row that the table does not have
  defineContract({ ...usual, limits: [], checks: [callerCheck, bodyCheck] });
  // @ts-expect-error a scope that the dialect does not have
  defineContract({ ...usual, limits: [], checks: [callerCheck], requiredScope: "wrte" });
  const limitCheck = { check: "limit", limit: "rows", failure: "too-many" } as const;
  // @ts-expect-error a setting is written in capitals, as the variable of the configuration
  defineContract({ ...usual, limits: [{ ...limits[0], setting: "maxRows" }], checks: [callerCheck, limitCheck] });

  const serviceFailures = {
    internal: { status: 500, message: "" },
    unavailable: { status: 503, message: "" },
    interrupted: { status: 500, message: "" },
    unknownPath: { status: 404, message: "" },
  } as const;
  const rows = [
    { name: "bad", status: 400, message: "{problem}", kind: "invalid-input" },
    { name: "big", status: 413, message: "at most {limit}", kind: "payload-too-large" },
  ] as const;
  const source = "a document";
  defineFailures({ source, serviceFailures, rows, malformed: "bad", tooLarge: "big" });
  const misruled = [{ ...rows[0], retry: "maybe" }, rows[1]] as const;
  // @ts-expect-error a rule for resending that does not exist
  defineFailures({ source, serviceFailures, rows: misruled, malformed: "bad", tooLarge: "big" });
  // @ts-expect-error the document behind the rows is missing
  defineFailures({ serviceFailures, rows, malformed: "bad", tooLarge: "big" });
  // @ts-expect-error the document behind further rows is missing
  extendFailures(failures, { rows });
  // @ts-expect-error what is not a request is refused by a row that the table does not have
  defineFailures({ source, serviceFailures, rows, malformed: "bda", tooLarge: "big" });
  // @ts-expect-error a body that is too large has no problem to tell
  defineFailures({ source, serviceFailures, rows, malformed: "bad", tooLarge: "bad" });
  const lacking = { ...serviceFailures, interrupted: undefined };
  // @ts-expect-error the form of the failure for a lost connection is missing
  defineFailures({ source, serviceFailures: lacking, rows, malformed: "bad", tooLarge: "big" });

  const handle = (_context: unknown, { path, body }: CallOf<typeof contract>) =>
    path.table === "" && body.rows.length > 0 ? done() : done();
  endpoint(contract, handle);
  endpoint(contract, (_context, { path }) => (path.table === "" ? done() : done()));
  // @ts-expect-error a path parameter that the contract's path does not have
  endpoint(contract, (_context, { path }) => (path.tabel === "" ? done() : done()));
  void call({ path: { table: "t" }, body: {} }, signal);
  // @ts-expect-error the client fills the very parameters of the path
  void call({ path: { tabel: "t" }, body: {} }, signal);
}

it("takes the names of a path's parameters from its text", () => {
  const parameters: PathParameters<"/a/{one}/b/{two}"> = { one: "1", two: "2" };
  expect(Object.keys(parameters)).toEqual(["one", "two"]);
});
