import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LooseRequest } from "../../contract/loose-request.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import type { Store } from "../../../src/core/store.js";
import { allVariables, bearer, defineUpload, failure, memberOf, pathOf, useRedivis } from "./redivis-service.js";
import { accepted } from "./values/value-arbitraries.js";

const openService = useRedivis();
const mebibyte = 1024 * 1024;

describe("the checks come in the contract's order", () => {
  const absent = pathOf({ reference: "demo.nothing.a_table" });
  const row = { rows: [{ string: 1 }] };
  const steps: readonly [string, LooseRequest, ReturnType<typeof failure>][] = [
    [
      "no token, too large",
      { headers: {}, sizeBytes: 101 * mebibyte },
      failure(401, "invalid_token", "No credentials were provided."),
    ],
    ["an unknown token, too large", { headers: bearer("?"), sizeBytes: 101 * mebibyte }, failure(401, "invalid_token")],
    [
      "no scope, too large",
      { headers: bearer("reader"), sizeBytes: 101 * mebibyte },
      { status: 403, body: { ...failure(403, "insufficient_scope").body, scope: "data.edit" } as never },
    ],
    [
      "too large, not JSON",
      { body: undefined, bodyProblem: "?", sizeBytes: 101 * mebibyte },
      failure(413, "payload_too_large"),
    ],
    [
      "not JSON, absent dataset",
      { path: absent, body: undefined, bodyProblem: "it is cut" },
      failure(400, "invalid_request", "it is cut"),
    ],
    [
      "no body, absent dataset",
      { path: absent, body: undefined },
      failure(400, "invalid_request", expect.stringContaining("JSON object")),
    ],
    [
      "a list, absent dataset",
      { path: absent, body: [] },
      failure(400, "invalid_request", expect.stringContaining("JSON object")),
    ],
    [
      "no rows, absent dataset",
      { path: absent, body: { row: [] } },
      failure(400, "invalid_request", expect.stringContaining("rows")),
    ],
    [
      "rows that are not a list, absent dataset",
      { path: absent, body: { rows: { 0: {} } } },
      failure(400, "invalid_request", expect.stringContaining("rows")),
    ],
    [
      "a row that is not an object, absent dataset",
      { path: absent, body: { rows: [{}, [], null] } },
      failure(400, "invalid_request", "row 1: must be an object"),
    ],
    [
      "absent dataset, no right",
      { path: absent, headers: bearer("stranger"), body: row },
      failure(404, "not_found", "Dataset not found"),
    ],
    [
      "private dataset, absent table",
      { path: pathOf({ reference: "demo.secret.nothing" }), headers: bearer("stranger") },
      failure(404, "not_found", "Dataset not found"),
    ],
    [
      "absent table, no right",
      { path: pathOf({ reference: "demo.my_data:v9_9.nothing" }), headers: bearer("stranger") },
      failure(404, "not_found", "Table not found"),
    ],
    [
      "absent version, no right",
      { path: pathOf({ reference: "demo.my_data:v9_9.a_table" }), headers: bearer("stranger") },
      failure(404, "not_found", "Version not found"),
    ],
    [
      "no right, absent upload",
      { path: pathOf({ upload: "nothing" }), headers: bearer("stranger") },
      failure(403, "access_denied"),
    ],
    [
      "absent upload, released version",
      { path: pathOf({ reference: "demo.my_data.a_table", upload: "nothing" }) },
      failure(404, "not_found", "Upload not found"),
    ],
    [
      "released version, upload of a file",
      { path: pathOf({ reference: "demo.my_data.a_table", upload: "file" }), body: row },
      failure(400, "invalid_request", expect.stringContaining("v1_1")),
    ],
    [
      "upload of a file, wrong value",
      { path: pathOf({ upload: "file" }), body: row },
      failure(400, "invalid_request", expect.stringContaining("delimited")),
    ],
    [
      "wrong value",
      { body: row },
      failure(400, "invalid_request", "row 0, variable string: must be a JSON string, not a number"),
    ],
  ];

  it.each(steps)("%s", async (_name, request, expected) => {
    const service = openService({ authorization: "on" });
    await service.create(defineUpload());
    await service.create(defineUpload({ upload: { name: "file", type: "delimited", schema: [] } }));
    await service.create(defineUpload({ dataset: { name: "Secret", id: "s3cr", visibility: "private" } }));
    await service.saveToken("editor", { scopes: ["data.data", "data.edit"], grants: ["Demo"] });
    await service.saveToken("reader", { scopes: ["data.data"], grants: ["demo"] });
    await service.saveToken("stranger", { scopes: ["data.edit"], grants: ["other"] });
    expect(await service.send({ headers: bearer("editor"), body: row, ...request })).toMatchObject(expected);
  });

  it("and a row's first wrong value in the order sent is named, also beside the body", async () => {
    const service = openService();
    const upload = await service.create(defineUpload());
    const { body, violations } = await service.insert([
      { string: "a" },
      { string: "b", time: "noon", nope: 1, integer: "1" },
      { integer: "1" },
    ]);
    expect(body).toMatchObject({ error_description: "row 1, variable time: must be a time such as 13:45:00.000" });
    expect(violations).toEqual([
      { recordIndex: 1, field: "time", rule: "format", message: "must be a time such as 13:45:00.000" },
    ]);
    expect(await service.storedFields(upload)).toEqual([]);
  });

  it("and unknown paths and methods are not found", async () => {
    const { send } = openService();
    for (const request of [{ method: "GET" }, { path: "/api/v1/nothing" }, { path: pathOf({ upload: "" }) }] as const) {
      expect(await send(request)).toMatchObject(failure(404, "not_found"));
    }
  });
});

describe("rows", () => {
  it("are read back as sent, every type and every digit", async () => {
    const service = openService();
    const upload = await service.create(defineUpload());
    const row = fc.record(
      Object.fromEntries(
        allVariables.map(({ name }) => [name, fc.option(accepted[name as keyof typeof accepted], { nil: undefined })]),
      ),
      { requiredKeys: [] },
    );
    const rows = fc.sample(row, 2000);
    const pick = (member: "sent" | "read") =>
      rows.map((values) =>
        Object.fromEntries(allVariables.map(({ name }): [string, JsonValue] => [name, values[name]?.[member] ?? null])),
      );
    expect(await service.insert(pick("sent"))).toMatchObject({ status: 201, body: { rowsAdded: 2000 } });
    expect(await service.storedFields(upload)).toEqual(pick("read"));
  });

  it("may be none, or 60,000", async () => {
    const service = openService();
    await service.create(defineUpload());
    expect((await service.insert([])).body).toEqual({ kind: "insertRowsResponse", rowsAdded: 0 });
    expect((await service.insert(Array.from({ length: 60_000 }, () => ({ integer: 1 })))).body).toEqual({
      kind: "insertRowsResponse",
      rowsAdded: 60_000,
    });
  });

  it("are refused for names and values that cannot be stored", async () => {
    const service = openService();
    await service.create(defineUpload());
    const deep = JSON.parse("[".repeat(100_000) + "]".repeat(100_000)) as JsonValue;
    const bad: readonly JsonObject[] = [
      { string: "a\0" },
      { string: "\udfff" },
      { string: deep },
      { "\0\ud800": 1 },
      { geography: "\0" },
      JSON.parse('{"__proto__":1}') as JsonObject,
      { constructor: 1 },
    ];
    for (const row of bad)
      expect(await service.insert([row])).toMatchObject({
        status: 400,
        violations: [{ recordIndex: 0, field: expect.any(String) as unknown }],
      });
  });

  it("that are bad are skipped when the upload allows it, and the first five are named", async () => {
    const service = openService();
    const upload = await service.create(defineUpload({ upload: { skipBadRecords: true } }));
    const bad = Array.from({ length: 7 }, () => ({ ["x".repeat(100)]: "é".repeat(10_000) }));
    const {
      status,
      body,
      violations = [],
    } = await service.insert([{ integer: 1 }, ...bad, { integer: "2" }, { integer: 3 }]);
    expect([status, body]).toEqual([201, { kind: "insertRowsResponse", rowsAdded: 2 }]);
    expect(violations.map(({ recordIndex }) => recordIndex)).toEqual([1, 2, 3, 4, 5]);
    expect((await service.storedFields(upload)).map(({ integer }) => integer)).toEqual([1, 3]);
    expect(await service.insert([{ nope: 1 }])).toMatchObject({ status: 201, body: { rowsAdded: 0 } });
    expect(await service.insert([{ integer: 1 }, 7])).toMatchObject({ status: 400 });
  });

  it("are checked again when the upload has changed, and refused when it changes every time", async () => {
    let times = 1;
    const wrapStore = (store: Store): Store => ({
      ...store,
      records: new Proxy(store.records, {
        get: (target, name) =>
          name === "insert" && times-- > 0 ? () => Promise.resolve("stale") : memberOf(target, name),
      }),
    });
    const service = openService({ wrapStore });
    await service.create(defineUpload());
    expect(await service.insert([{ integer: 1 }])).toMatchObject({ status: 201 });
    times = 2;
    expect(await service.insert([{ integer: 1 }])).toMatchObject(failure(503, "unavailable"));
  });
});

describe("the limits", () => {
  it("accept exactly 100 MB, or the configured size", async () => {
    const sendTo = (settings: Readonly<Record<string, number>>, sizeBytes: number) =>
      openService({ settings }).send({ sizeBytes });
    expect(await sendTo({}, 100 * mebibyte)).toMatchObject({ status: 404 });
    expect(await sendTo({}, 100 * mebibyte + 1)).toMatchObject({ status: 413 });
    expect(await sendTo({ MAX_BYTES: 10 }, 11)).toMatchObject(
      failure(413, "payload_too_large", expect.stringContaining("11 bytes, at most 10")),
    );
  });

  it("count calls in a window only when configured, and answer when to retry", async () => {
    let now = 0;
    const { send } = openService({
      settings: { RATE_LIMIT_REQUESTS: 1, RATE_LIMIT_SECONDS: 10 },
      now: () => new Date(now),
    });
    expect(await send({})).toMatchObject({
      status: 404,
      headers: { "x-ratelimit-limit": "1", "x-ratelimit-remaining": "0" },
    });
    now = 2500;
    expect(await send({})).toMatchObject({
      ...failure(429, "too_many_requests"),
      headers: { "x-ratelimit-remaining": "0", "retry-after": "8" },
    });
    now = 10_000;
    expect((await send({})).headers).not.toHaveProperty("retry-after");
    expect((await openService().send({})).headers).not.toHaveProperty("x-ratelimit-limit");
  });
});
