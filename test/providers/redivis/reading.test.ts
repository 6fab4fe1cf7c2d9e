import { systemRequest } from "../../../src/core/request-scope.js";
import { describe, expect, it } from "vitest";
import { showValue } from "../../../src/json/stringify.js";
import { mounts, type Answer } from "./rest-client.js";
import { failure, reference } from "./redivis-service.js";
import { schema, secret, table, useReadTables } from "./use-read-tables.js";

const { app, ask } = useReadTables();

function errorOf({ headers }: Answer): unknown {
  return JSON.parse(decodeURIComponent(headers.get("x-redivis-error-payload") ?? "null"));
}

describe("a table", () => {
  it.each(mounts)("is described, below %s", async (mount) => {
    const { status, headers, body } = await ask("GET", table, { mount });
    expect([status, headers.get("content-type"), headers.get("x-redivis-warning")]).toEqual([
      200,
      "application/json; charset=utf-8",
      null,
    ]);
    const dataset = "demo.my_data:abcd:next";
    expect(body).toEqual({
      ...{
        kind: "table",
        uri: table,
        url: `/api/v1${table}`,
        name: "A table",
        qualifiedReference: reference,
        scopedReference: "a_table:wxyz",
        referenceId: "wxyz",
      },
      ...{ isSample: false, numRows: 10, numBytes: null },
      container: {
        ...{ kind: "dataset", uri: `/datasets/${dataset}`, url: `/api/v1/datasets/${dataset}`, name: "My data" },
        ...{ qualifiedReference: dataset, scopedReference: "my_data:abcd:next", referenceId: "abcd" },
      },
    });
  });

  it.each([
    ["Demo.My%20data%3Anext.A%20table", "next"],
    ["demo.old_name%3Aabcd%3Anext.old%3Awxyz", "next"],
    ["demo.my_data.a_table", "v1_1"],
    ["demo.my_data%3Acurrent.a_table", "v1_1"],
    ["demo.my_data:1.0.a_table", "v1_0"],
  ])("is the same for every reference: %s", async (spelling, version) => {
    const { status, body } = await ask("GET", `/tables/${spelling}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: "A table", uri: `/tables/demo.my_data:abcd:${version}.a_table:wxyz` });
    expect((await ask("GET", showValue(body["uri"]))).body).toEqual(body);
  });

  it("has a generated id when none was given, by which it is found", async () => {
    await app().manageCollections.create(systemRequest, "redivis", {
      owner: "demo",
      dataset: { name: "Without ids" },
      table: { name: "T", uploads: [{ name: "u", schema }] },
    });
    const { body } = await ask("GET", "/tables/demo.without_ids:next.t");
    expect(body["uri"]).toMatch(/^\/tables\/demo\.without_ids:[0-9a-f]{4}:next\.t:[0-9a-f]{4}$/);
    expect((await ask("GET", showValue(body["uri"]))).body).toEqual(body);
  });
});

describe("a reference without ids", () => {
  const loose = "/tables/demo.my_data:next.a_table";
  it.each([
    ["GET", ""],
    ["HEAD", ""],
    ["GET", "/uploads"],
    ["GET", "/uploads/events"],
    ["HEAD", "/uploads/events"],
  ])("is answered with a warning: %s %s", async (method, rest) => {
    const { status, headers } = await ask(method, loose + rest);
    expect([status, headers.get("x-redivis-warning")]).toEqual([200, expect.stringContaining('"my_data:abcd"')]);
  });

  it("is answered with a warning also for a creation and a deletion", async () => {
    const made = await ask("POST", `${loose}/uploads`, { body: { name: "passing", schema } });
    expect([made.status, made.headers.get("x-redivis-warning")]).toEqual([
      201,
      expect.stringContaining('"a_table:wxyz"'),
    ]);
    expect((await ask("DELETE", `${loose}/uploads/passing`)).headers.get("x-redivis-warning")).toContain(
      "No reference id",
    );
  });

  it("is refused when ids are required, or names that agree with them", async () => {
    expect(await ask("GET", `${loose}/uploads?exactReferences=true`)).toMatchObject(failure(400, "invalid_request"));
    expect(await ask("GET", "/tables/demo.old:abcd:next.a_table:wxyz?strictReferences=true")).toMatchObject(
      failure(400, "invalid_request"),
    );
  });
});

describe("who reads", () => {
  const paths = ["", "/uploads", "/uploads/events"];
  it("needs a token, and no scope or right for a public dataset", async () => {
    for (const path of paths) {
      expect(await ask("GET", table + path, { token: "none" })).toMatchObject(
        failure(401, "invalid_token", "No credentials were provided."),
      );
      expect(await ask("GET", table + path, { token: "unknown" })).toMatchObject(failure(401, "invalid_token"));
      for (const token of ["reader", "stranger"] as const)
        expect(await ask("GET", table + path, { token })).toMatchObject({ status: 200 });
    }
  });

  it("shows no private dataset to callers without rights", async () => {
    for (const path of paths) {
      expect(await ask("GET", secret + path, { token: "stranger" })).toMatchObject(
        failure(404, "not_found", "Dataset not found"),
      );
      expect(await ask("GET", secret + path, { token: "reader" })).toMatchObject({ status: 200 });
    }
  });

  it("names the first absent part: dataset, table, version, upload", async () => {
    const cases = [
      ["demo.nothing.x", "Dataset"],
      ["demo.my_data:v9_9.x", "Table"],
      ["demo.my_data:v9_9.a_table", "Version"],
      [reference, "Upload"],
    ] as const;
    for (const [spelling, what] of cases)
      expect(await ask("GET", `/tables/${spelling}/uploads/nothing`)).toMatchObject(
        failure(404, "not_found", `${what} not found`),
      );
  });
});

describe("HEAD", () => {
  it.each(mounts)("answers only that it exists, below %s", async (mount) => {
    for (const path of [table, `${table}/uploads/events`, `${table}/uploads/two_csv`, `${table}/uploads/two.csv`]) {
      expect(await ask("HEAD", path, { mount })).toMatchObject({ status: 200, text: "" });
    }
  });

  it("carries its error in a header", async () => {
    const cases = [
      [`${table}/uploads/nothing`, "editor", 404, "not_found"],
      [secret, "stranger", 404, "not_found"],
      [table, "none", 401, "invalid_token"],
      [`${table}/uploads/events?exactReferences=1`, "editor", 200, undefined],
      ["/tables/demo.my_data:next.a_table?exactReferences=1", "editor", 400, "invalid_request"],
      ["/datasets/demo.my_data", "editor", 404, "not_found"],
    ] as const;
    for (const [path, token, status, error] of cases) {
      const answer = await ask("HEAD", path, { token });
      expect([answer.status, answer.text]).toEqual([status, ""]);
      expect(errorOf(answer)).toEqual(
        error === undefined ? null : { status, error, error_description: expect.any(String) as unknown },
      );
    }
  });
});

describe("a path that is not served", () => {
  it.each([
    ["GET", "/datasets/demo.my_data"],
    ["GET", "/organizations/demo"],
    ["GET", `${table}/variables?maxResults=1000`],
    ["GET", `${table}/rows`],
    ["GET", `${table}/uploads/events/rows`],
    ["DELETE", table],
    ["PATCH", table],
    ["PUT", `${table}/uploads/events`],
    ["GET", "/tables/"],
    ["GET", `${table}/uploads/`],
  ])("is not found, in JSON: %s %s", async (method, path) => {
    const { status, headers, body } = await ask(method, path);
    expect({ status, body }).toMatchObject(failure(404, "not_found"));
    expect(headers.get("content-type")).toMatch(/^application\/json/);
  });

  it.each([
    "%00",
    "a.%00.c",
    "a.b.c%00",
    "demo.my_data:next.a_table/uploads/%00",
    "demo.my_data:next.a_table/uploads/%ED%A0%80",
    "...",
    "demo..",
    "x".repeat(5000),
    "%E0%A4%A",
  ])("nor is a table of an unknown form of name: %s", async (spelling) => {
    expect(await ask("GET", `/tables/${spelling}`)).toMatchObject(failure(404, "not_found"));
  });
});
