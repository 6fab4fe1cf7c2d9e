import { beforeAll, describe, expect, it } from "vitest";
import { showValue } from "../../../src/json/stringify.js";
import { isJsonObject } from "../../../src/json/value.js";
import { mounts, useRestClient, type Answer } from "./rest-client.js";
import { defineUpload, failure, reference } from "./redivis-service.js";

const { app, ask } = useRestClient();
const table = `/tables/${reference}`;
const secret = "/tables/demo.secret:s3cr:next.a_table:wxyz";
const schema = [{ name: "a", type: "string" }];
const names = ["events", "one", "two.csv", "three", "four"];

beforeAll(async () => {
  for (const [index, name] of names.slice(1).entries()) {
    await app().manageCollections.create("redivis", defineUpload({ upload: { name, schema } }));
    const rows = Array.from({ length: index + 1 }, () => ({ a: "x" }));
    await ask("POST", `${table}/uploads/${name}/rows`, { body: { rows } });
  }
  await app().manageCollections.create("redivis", {
    owner: "demo",
    dataset: { name: "My data" },
    table: { name: "A table 2", id: "tab2", uploads: [{ name: "another", schema }] },
  });
});

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
    await app().manageCollections.create("redivis", {
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

describe("the uploads of a table", () => {
  async function list(query = "", at = table): Promise<{ names: unknown[]; next: string | null }> {
    const { status, body } = await ask("GET", `${at}/uploads${query}`);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["results", "nextPageToken"]);
    const results = Array.isArray(body["results"]) ? (body["results"] as unknown[]) : [];
    return {
      names: results.map((result) => isJsonObject(result) && result["name"]),
      next: body["nextPageToken"] === null ? null : showValue(body["nextPageToken"]),
    };
  }

  it("are all on one page unless the request limits it, and none of another table", async () => {
    for (const query of ["", "?maxResults=100", "?maxResults=99999999", "?pageToken=", "?maxResults="])
      expect(await list(query)).toEqual({ names, next: null });
    expect(await list("", "/tables/demo.my_data:abcd:next.a_table_2:tab2")).toEqual({ names: ["another"], next: null });
  });

  it("are the same resources as when they are read one by one", async () => {
    const { body } = await ask("GET", `${table}/uploads`);
    const each = await Promise.all(names.map(async (name) => (await ask("GET", `${table}/uploads/${name}`)).body));
    expect(body["results"]).toEqual(each);
    expect(each.map(({ numRows }) => numRows)).toEqual([0, 1, 2, 3, 4]);
  });

  it("are listed page by page in order of creation", async () => {
    const seen: unknown[] = [];
    let token: string | null = "";
    for (let pages = 0; token !== null && pages < 9; pages += 1) {
      const { names: found, next } = await list(`?maxResults=2&pageToken=${token}`);
      expect(found.length).toBe(next === null ? 1 : 2);
      seen.push(...found);
      token = next;
    }
    expect(seen).toEqual(names);
  });

  it("are at most a hundred per page", async () => {
    const dataset = { name: "Secret", id: "s3cr", visibility: "private" };
    for (let index = 1; index <= 100; index += 1)
      await app().manageCollections.create("redivis", defineUpload({ dataset, upload: { name: `u${index}`, schema } }));
    const { names: first, next } = await list("?maxResults=1000", secret);
    expect([first.length, next === null]).toEqual([100, false]);
    expect(await list(`?pageToken=${next ?? ""}`, secret)).toEqual({ names: ["u100"], next: null });
    expect(await ask("GET", secret)).toMatchObject({ status: 200, body: { numRows: 0 } });
  });

  it("are none after all were deleted", async () => {
    await app().manageCollections.create("redivis", {
      owner: "demo",
      dataset: { name: "Bare" },
      table: { name: "t", uploads: [{ name: "u", schema }] },
    });
    await ask("DELETE", "/tables/demo.bare:next.t/uploads/u");
    expect(await list("", "/tables/demo.bare:next.t")).toEqual({ names: [], next: null });
  });

  it.each([
    "maxResults=0",
    "maxResults=-1",
    "maxResults=1.5",
    "maxResults=ten",
    "maxResults=1e3",
    "maxResults=9999999999999999999999",
    "pageToken=x",
    "pageToken=-1",
    "pageToken=%00",
    "pageToken=99999999999999999999",
  ])("are refused for %s, before the dataset is looked for", async (query) => {
    const [parameter] = query.split("=");
    expect(await ask("GET", `/tables/demo.nothing.t/uploads?${query}`)).toMatchObject(
      failure(400, "invalid_request", expect.stringContaining(`\`${String(parameter)}\``)),
    );
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
