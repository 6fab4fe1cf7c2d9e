import { systemRequest } from "../../../../src/core/request-scope.js";
import { describe, expect, it } from "vitest";
import { showValue } from "../../../../src/json/stringify.js";
import { isJsonObject } from "../../../../src/json/value.js";
import { defineUpload, failure } from "../redivis-service.js";
import { names, schema, secret, table, useReadTables } from "../use-read-tables.js";

const { app, ask } = useReadTables();

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
      await app().manageCollections.create(
        systemRequest,
        "redivis",
        defineUpload({ dataset, upload: { name: `u${index}`, schema } }),
      );
    const { names: first, next } = await list("?maxResults=1000", secret);
    expect([first.length, next === null]).toEqual([100, false]);
    expect(await list(`?pageToken=${next ?? ""}`, secret)).toEqual({ names: ["u100"], next: null });
    expect(await ask("GET", secret)).toMatchObject({ status: 200, body: { numRows: 0 } });
  });

  it("are none after all were deleted", async () => {
    await app().manageCollections.create(systemRequest, "redivis", {
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
