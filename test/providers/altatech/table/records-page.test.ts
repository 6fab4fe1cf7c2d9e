import { beforeAll, describe, expect, it } from "vitest";
import { showValue } from "../../../../src/json/stringify.js";
import { isJsonArray, isJsonObject, type JsonObject } from "../../../../src/json/value.js";
import { mounts, useRestClient, type Answer } from "../rest-client.js";

const { app, post, get } = useRestClient();
const path = "/v1/database/records/page";
const fields = [
  { name: "id", description: "Key.", type: "TEXT", required: true, unique: true },
  { name: "n", description: "", type: "INT" },
  { name: "price", description: "", type: "FLOAT" },
  { name: "ok", description: "", type: "BOOLEAN" },
  { name: "at", description: "", type: "DATETIME" },
];
const first = { id: "1", n: 9007199254740993n, price: 1e20, ok: true, at: "2029-10-01 12:00:00" };
let tableId = "";
let taskId = "";

function page(parts: object = {}, bot?: Parameters<typeof post>[2]): Promise<Answer> {
  return post(path, { table_id: tableId, ...parts }, bot);
}

function recordsOf({ body }: Answer): readonly JsonObject[] {
  const records = isJsonObject(body["data"]) ? body["data"]["records"] : undefined;
  return isJsonArray(records) ? records.filter(isJsonObject) : [];
}

function valuesOf(answer: Answer): readonly unknown[] {
  return recordsOf(answer).map(({ value }) => isJsonObject(value) && value["id"]);
}

beforeAll(async () => {
  const { body } = await post("/v1/database/create-table", { name: "products", description: "Products.", fields });
  tableId = showValue(body["data"]);
  const others = Array.from({ length: 24 }, (_, index) => ({ id: String(index + 2) }));
  const sent = JSON.stringify({
    table_id: tableId,
    records: [{ id: "1", n: "9007199254740993", price: "1e20", ok: "TRUE", at: first.at }, ...others, { id: "1" }],
  });
  const imported = await post("/v1/database/import/records", sent);
  taskId = isJsonArray(imported.body["data"]) ? showValue(imported.body["data"][0]) : "";
  await app().settleTasks();
});

describe("records/page", () => {
  it.each(mounts)("answers a description of the table and its typed records, below %j", async (mount) => {
    const { status, body } = await post(mount + path, { table_id: tableId, page: 1, page_size: 1 });
    expect(status).toBe(200);
    const moment = expect.toSatisfy((ms: number) => Math.abs(Date.now() - ms) < 60_000) as unknown;
    expect(body).toEqual({
      code: 0,
      message: "OK",
      data: {
        table_info: {
          id: tableId,
          name: "products",
          description: "Products.",
          field_count: 5,
          fields: fields.map((field) => ({ required: false, unique: false, ...field })),
          bot_id: "shop",
          project_id: expect.stringMatching(/^[0-9a-f]{24}$/) as unknown,
          owner_id: expect.stringMatching(/^[0-9a-f]{24}$/) as unknown,
        },
        records: [
          { id: expect.stringMatching(/^5\d{17}$/) as unknown, value: first, created_at: moment, updated_at: moment },
        ],
        total_count: 25,
      },
    });
  });

  it("answers the oldest first, page after page, each record once and with an id of its own", async () => {
    const pages = await Promise.all([1, 2, 3].map((number) => page({ page: number, page_size: 10 })));
    expect(pages.flatMap(valuesOf)).toEqual(Array.from({ length: 25 }, (_, index) => String(index + 1)));
    const ids = pages.flatMap(recordsOf).map(({ id }) => id);
    expect(new Set(ids).size).toBe(25);
    expect(ids.every((id) => BigInt(showValue(id)) > 2n ** 53n)).toBe(true);
  });

  it("answers the first ten by default, and all when they fit", async () => {
    for (const nothing of [
      {},
      { page: null, page_size: null, filter: null, keyword: null },
      { filter: {}, keyword: "" },
    ]) {
      expect(valuesOf(await page(nothing))).toHaveLength(10);
    }
    expect(valuesOf(await page({ page_size: 100 }))).toHaveLength(25);
  });

  it("answers no records beyond the end, and still the total count", async () => {
    for (const number of [4, 1_000_000, 2 ** 53 - 1]) {
      expect(await page({ page: number, page_size: 100 })).toMatchObject({
        status: 200,
        body: { data: { records: [], total_count: 25 } },
      });
    }
  });

  it("answers a table without records", async () => {
    const { body } = await post("/v1/database/create-table", { name: "empty", description: "", fields });
    expect(await page({ table_id: body["data"] })).toMatchObject({
      status: 200,
      body: { data: { records: [], total_count: 0 } },
    });
  });
});

describe("records/page refuses", () => {
  const problem = (parameter: string) => ({
    status: 400,
    body: { code: 40000, message: expect.stringContaining(`\`${parameter}\``) as unknown },
  });
  it.each<[string, object, string]>([
    ["page 0", { page: 0 }, "page"],
    ["a page that is not a whole number", { page: 1.5 }, "page"],
    ["a page that is a text", { page: "1" }, "page"],
    ["a page beyond all numbers", { page: 1e300 }, "page"],
    ["page_size 0", { page_size: 0 }, "page_size"],
    ["page_size 101", { page_size: 101 }, "page_size"],
    ["page_size that is a list", { page_size: [10] }, "page_size"],
    ["a filter", { filter: { id: "1" } }, "filter"],
    ["a filter that is a list", { filter: [] }, "filter"],
    ["a keyword", { keyword: "lamp" }, "keyword"],
    ["no table_id", { table_id: undefined }, "table_id"],
    ["a table_id in capitals", { table_id: "A".repeat(24) }, "table_id"],
    ["a table_id with U+0000", { table_id: "\0".repeat(24) }, "table_id"],
  ])("%s", async (_name, parts, parameter) => {
    expect(await page(parts)).toMatchObject(problem(parameter));
  });

  it("a key that is missing, then the parameters, then a table that is absent or another's", async () => {
    expect(await page({ page: 0 }, null)).toMatchObject({ status: 401, body: { code: 40127 } });
    expect(await page({ table_id: "f".repeat(24), page: 0 })).toMatchObject(problem("page"));
    expect(await page({ table_id: "f".repeat(24) })).toMatchObject({ status: 403, body: { code: 403106 } });
    expect(await page({}, "school")).toMatchObject({ status: 403, body: { code: 403131 } });
  });

  it("an integer beyond 2^53 as a page", async () => {
    expect(await post(path, `{"table_id":"${tableId}","page":99999999999999999999}`)).toMatchObject(problem("page"));
  });
});

describe("import-results", () => {
  const unknown = "0".repeat(24);
  it.each([
    ["repeated", `ids=${unknown}&ids=TASK`],
    ["separated by commas", `ids=${unknown},TASK`],
    ["as axios writes a list", "ids[]=TASK"],
    ["twice the same", "ids=TASK&ids=TASK,TASK"],
    ["among texts that are not ids", "ids=%00&ids=%ED%A0%80,x,,TASK"],
  ])("finds tasks by ids %s", async (_name, query) => {
    expect(await get(`/v1/database/query/import-results?${query.replaceAll("TASK", taskId)}`)).toMatchObject([
      { id: taskId, status: "AVAILABLE", success_count: 25, fail_count: 1 },
    ]);
  });

  it("answers nothing for unknown ids, and a parameter error for no ids", async () => {
    expect(await get("/v1/database/query/import-results?ids=%00")).toEqual([]);
    expect(await get(`/v1/database/query/import-results?ids=${taskId}`, "school")).toEqual([]);
    for (const query of ["", "?ids=", "?ids=,&ids="]) {
      expect(await get(`/v1/database/query/import-results${query}`)).toMatchObject({
        code: 40000,
        message: expect.stringContaining("`ids`") as unknown,
      });
    }
  });

  it("finds as many as a URL holds", async () => {
    const many = Array.from({ length: 500 }, (_, index) => index.toString(16).padStart(24, "0"));
    expect(await get(`/v1/database/query/import-results?ids=${[...many, taskId].join(",")}`)).toHaveLength(1);
  });
});
