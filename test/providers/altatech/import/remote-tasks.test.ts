import { describe, expect, test } from "vitest";
import { createConnect } from "../../../../src/contract/client/client.js";
import type { ContractRequest } from "../../../../src/contract/message.js";
import type { JsonValue } from "../../../../src/json/value.js";
import { altatechTasks } from "../../../../src/providers/altatech/import/remote-tasks.js";

const id = "673e9cda9f7bc178002dbd9c";

/** What the client makes of a reply about a task of three records. */
async function ask(body: JsonValue, status = 200) {
  const sent: ContractRequest[] = [];
  const connect = createConnect({
    provider: "altatech",
    settings: {},
    transport: (request) => {
      sent.push(request);
      return Promise.resolve({ status, headers: {}, body });
    },
  });
  const end = await altatechTasks.connect(connect)({ id, totalCount: 3 }, AbortSignal.timeout(20_000));
  return { end, sent };
}

const available = { id, progress: 100, status: "AVAILABLE", total_count: 3, success_count: 3, fail_count: 0 };
const detail = { row_number_start: 0, row_number_end: 0, fail_reason: "bad" };

test("the request names the task in `ids`", async () => {
  const { sent } = await ask([available]);
  expect(sent).toMatchObject([{ method: "GET", path: "/v1/database/query/import-results", query: { ids: id } }]);
});

describe("a task has ended", () => {
  test.each<[string, JsonValue]>([
    ["in a list", [{ ...available, fail_detail: [] }]],
    ["in a list with tasks of others", [{ ...available, id: "f".repeat(24), success_count: 0 }, available]],
    ["in an envelope", { code: 0, message: "OK", data: [available] }],
    ["in an envelope with the progress beside", { code: 0, message: "success", progress: 0, data: [available] }],
    ["with a progress of 1", [{ ...available, progress: 1 }]],
    ["without the total", [{ ...available, total_count: null }]],
    ["with null for the details", [{ ...available, fail_detail: null }]],
  ])("%s", async (_name, body) => {
    const { end } = await ask(body);
    expect(end).toMatchObject({ state: "succeeded", successCount: 3, failCount: 0, failures: [] });
  });

  test("in the form of 2024, which has no counts: they stay unknown", async () => {
    const { end } = await ask({ code: 0, message: "OK", data: [{ id, progress: 100, status: "AVAILABLE" }] });
    expect(end).toEqual({ state: "succeeded", failures: [] });
  });
});

describe("a task has not ended", () => {
  test.each<[string, JsonValue]>([
    ["while it is being read", [{ id, progress: 100, status: "PENDING_PARSE" }]],
    ["before it is in the list", []],
    ["before it is in the list of an envelope", { code: 0, message: "OK", data: [] }],
    ["in a status that no edition has", [{ ...available, status: "DONE" }]],
  ])("%s", async (_name, body) => {
    expect((await ask(body)).end).toBeUndefined();
  });
});

test("rows count from 1 on the wire and from 0 here; a chunk of an older edition is named", async () => {
  const { end } = await ask([
    {
      ...available,
      ...{ success_count: 1, fail_count: 2 },
      fail_detail: [
        { ...detail, row: 2 },
        { row: 3, fail_reason: "worse" },
        { row_number_start: 1, row_number_end: 10, fail_reason: "somewhere" },
        { row: "x", fail_reason: null },
      ],
    },
  ]);
  expect(end).toMatchObject({ state: "succeeded", successCount: 1, failCount: 2 });
  expect(end?.failures).toEqual([
    { recordIndex: 1, message: "bad" },
    { recordIndex: 2, message: "worse" },
    { message: "rows 1 to 10: somewhere" },
    { message: "The service gives no reason." },
  ]);
});

describe("a failed task", () => {
  const failed = { ...available, progress: 1, status: "FAIL", success_count: 0, fail_count: 3 };
  const duplicate = `(1062, "Duplicate entry '1' for key 'feed.id'")`;
  test.each<[string, JsonValue, object]>([
    [
      "a clash: a detail with null for the row",
      [{ ...detail, row: null, fail_reason: "taken" }],
      { kind: "conflict", message: "taken" },
    ],
    ["a clash: 1062 without a row", [{ fail_reason: duplicate }], { kind: "conflict", message: duplicate }],
    [
      "a clash beside dropped rows",
      [
        { ...detail, row: 1 },
        { row: null, fail_reason: duplicate },
      ],
      { kind: "conflict", message: duplicate },
    ],
    [
      "no clash: 1062 is the value of a row",
      [{ ...detail, row: 1, fail_reason: "1062 is not a date" }],
      { kind: "invalid-input", message: "None of the 3 rows was stored. 1062 is not a date" },
    ],
    ["no details", [], { kind: "invalid-input", message: "None of the 3 rows was stored." }],
  ])("%s", async (_name, details, error) => {
    const { end } = await ask([{ ...failed, fail_detail: details }]);
    expect(end).toMatchObject({ state: "failed", successCount: 0, failCount: 3 });
    expect(end?.error).toEqual({ ...error, outcome: "not-applied" });
  });
});

test.each<[string, JsonValue, number]>([
  ["an error with status 200", { code: 40000, message: "Parameter error" }, 200],
  ["a refused credential", { code: 40127, message: "Developer authentication failed" }, 401],
  ["details in another form", [{ ...available, fail_detail: "bad" }], 200],
  ["a page", "<html>", 502],
])("no verdict: %s", async (_name, body, status) => {
  await expect(ask(body, status)).rejects.toThrow(/altatech|Parameter error|authentication failed/);
});
