import { allOf, allSpacesOf } from "../../../service/visible.js";
import { systemRequest } from "../../../../src/core/request-scope.js";
import { describe, expect, it } from "vitest";
import { showValue } from "../../../../src/json/stringify.js";
import { mounts, useRestClient, type Answer } from "../rest-client.js";

const { app, post } = useRestClient();
const path = "/v1/database/create-table";
const id = { name: "id", description: "", type: "TEXT", required: true, unique: true };
const hex = expect.stringMatching(/^[0-9a-f]{24}$/) as unknown;
let count = 0;

function nextTable(parts: object = {}) {
  return { name: `table_${++count}`, description: "For a test.", fields: [id], ...parts };
}

function create(table: unknown, bot?: Parameters<typeof post>[2]): Promise<Answer> {
  return post(path, table, bot);
}

function refused(code: number, text = "") {
  return { status: code === 40000 ? 400 : 403, body: { code, message: expect.stringContaining(text) as unknown } };
}

async function tablesOf(bot: string): Promise<readonly string[]> {
  const { items } = await app().store.collections.listCollections(
    { visible: allOf("altatech"), space: bot },
    { first: 1000 },
  );
  return items.map(({ definition }) => showValue(definition["name"]));
}

describe("create-table", () => {
  it.each(mounts)("answers the identifier of a table that accepts records at once, below %j", async (mount) => {
    const table = nextTable({ fields: [id, { name: "n", description: "A number.", type: "INT" }] });
    const { status, body } = await post(mount + path, table);
    expect([status, body]).toEqual([200, { code: 0, message: "OK", data: hex }]);
    const imported = await post(`${mount}/v1/database/import/records`, {
      table_id: body["data"],
      records: [{ values: { id: "1", n: 2 } }],
    });
    expect(imported).toMatchObject({ status: 200, body: { code: 0 } });
    await app().settleTasks();
    const { body: page } = await post(`${mount}/v1/database/records/page`, { table_id: body["data"] });
    expect(page).toMatchObject({
      data: {
        table_info: { name: table.name, bot_id: "shop", field_count: 2 },
        records: [{ value: { id: "1", n: 2 } }],
      },
    });
  });

  it("accepts names of the maximal length, and empty descriptions", async () => {
    const name = "a".repeat(32);
    const table = {
      name,
      description: "",
      fields: [{ name: "z_9".padEnd(32, "0"), description: "é".repeat(128), type: "DATETIME" }],
    };
    expect(await create(table)).toMatchObject({ status: 200 });
  });

  it("ignores other members: the caller does not choose the bot and the identifier", async () => {
    const tableId = "f".repeat(24);
    const fields = [{ ...id, label: "x", constructor: 1 }];
    const { body } = await create({ ...nextTable({ fields }), bot_id: "school", table_id: tableId, project_id: null });
    expect(body).toMatchObject({ code: 0, data: hex });
    expect(body["data"]).not.toBe(tableId);
    expect(await app().store.collections.findByName(allSpacesOf("altatech"), showValue(body["data"]))).toMatchObject({
      spaceName: "shop",
    });
  });

  it("accepts a field with the name of an inherited member", async () => {
    const fields = [
      { ...id, name: "constructor" },
      { ...id, name: "valueof" },
    ];
    expect(await create(nextTable({ fields }))).toMatchObject({ status: 200 });
  });
});

describe("a refused table is answered with the code of its fault", () => {
  const field = (parts: object) => nextTable({ fields: [id, { name: "x", description: "", type: "INT", ...parts }] });
  it.each<[string, unknown, ReturnType<typeof refused>]>([
    ["no name", nextTable({ name: undefined }), refused(403100, "name")],
    ["a name in capitals", nextTable({ name: "Products" }), refused(403100, "name")],
    ["a name of 33 characters", nextTable({ name: "a".repeat(33) }), refused(403100, "name")],
    ["a name that is not a text", nextTable({ name: 7 }), refused(403100, "name")],
    ["no description", nextTable({ description: undefined }), refused(403101, "description")],
    ["a description of 129 characters", nextTable({ description: "x".repeat(129) }), refused(403101, "description")],
    ["a description with U+0000", nextTable({ description: "\0" }), refused(403101, "U+0000")],
    [
      "a description with half a character",
      JSON.stringify(nextTable()).replace("For a test.", "\\ud800"),
      refused(403101, "description"),
    ],
    ["no fields", nextTable({ fields: undefined }), refused(403102, "fields")],
    ["an empty list of fields", nextTable({ fields: [] }), refused(403102, "fields")],
    ["fields that are not a list", nextTable({ fields: { 0: id } }), refused(403102, "fields")],
    [
      "101 fields",
      nextTable({ fields: Array.from({ length: 101 }, (_, index) => ({ ...id, name: `f${index}` })) }),
      refused(403111, "101"),
    ],
    ["a field that is not an object", nextTable({ fields: [id, null] }), refused(40000, "fields.1")],
    ["a field's name in capitals", field({ name: "X" }), refused(403103, "fields.1.name")],
    ["a field's name that is a plain key elsewhere", field({ name: "__proto__" }), refused(403103, "fields.1.name")],
    ["a field's name that is given twice", field({ name: "id" }), refused(403103, "`id`")],
    ["a field without a description", field({ description: null }), refused(403104, "fields.1.description")],
    ["a field's description with U+0000", field({ description: "a\0" }), refused(403104, "fields.1.description")],
    ["an unknown type", field({ type: "VARCHAR" }), refused(403105, "fields.1.type")],
    ["a type in small letters", field({ type: "text" }), refused(403105, "fields.1.type")],
    ["`required` as a text", field({ required: "true" }), refused(40000, "fields.1.required")],
    ["`unique` as a number", field({ unique: 1 }), refused(40000, "fields.1.unique")],
    ["a body that is a list", [nextTable()], refused(40000, "JSON object")],
    ["no body", "", refused(40000, "JSON object")],
    ["a body that is not JSON", '{"name": NaN}', refused(40000)],
  ])("%s", async (_name, table, expected) => {
    const before = await tablesOf("shop");
    expect(await create(table)).toMatchObject(expected);
    expect(await tablesOf("shop")).toEqual(before);
  });

  it("the first of several: the key, the number of fields, then member by member", async () => {
    const wrong = { name: "X", description: 1, fields: [{ name: "X", description: 1, type: "?" }] };
    expect(await create(wrong, null)).toMatchObject({ status: 401, body: { code: 40127 } });
    expect(await create({ ...wrong, fields: Array.from({ length: 500 }, () => 1) })).toMatchObject(refused(403111));
    expect(await create(wrong)).toMatchObject(refused(403100));
    expect(await create({ ...wrong, name: "x" })).toMatchObject(refused(403101));
    expect(await create({ ...wrong, name: "x", description: "" })).toMatchObject(refused(403103));
  });

  it("in a message of limited length", async () => {
    for (const table of [
      nextTable({ name: "X".repeat(1_000_000) }),
      nextTable({ description: ["x".repeat(1_000_000)] }),
      field({ type: "T".repeat(1_000_000) }),
    ]) {
      expect(showValue((await create(table)).body["message"]).length).toBeLessThan(300);
    }
  });

  it("for any number of fields", async () => {
    expect(await create(`{"name":"x","description":"","fields":[${"1,".repeat(2_000_000)}1]}`)).toMatchObject(
      refused(403111, "2000001"),
    );
  });
});

describe("a name", () => {
  it("is taken once within a bot, and free for another", async () => {
    const table = nextTable();
    expect(await create(table)).toMatchObject({ status: 200 });
    expect(await create({ ...table, description: "Another." })).toMatchObject(refused(403108));
    expect(await create(table, "school")).toMatchObject({ status: 200 });
    expect((await tablesOf("shop")).filter((name) => name === table.name)).toHaveLength(1);
  });

  it("is taken by one of many concurrent calls", async () => {
    const table = nextTable();
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(table)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 403)]);
    expect(answers.filter(({ body }) => body["code"] === 403108)).toHaveLength(7);
  });

  it("is also taken by a table that was created through GraphQL", async () => {
    const table = nextTable();
    await app().manageCollections.create(systemRequest, "altatech", { ...table, bot_id: "shop" });
    expect(await create(table)).toMatchObject(refused(403108));
    await expect(
      app().manageCollections.create(systemRequest, "altatech", { ...table, bot_id: "shop" }),
    ).rejects.toThrow("exists already");
  });

  it("may be that of another table's identifier", async () => {
    const { body } = await create(nextTable());
    const table = nextTable({ name: `a${showValue(body["data"]).slice(1)}` });
    expect(await create(table)).toMatchObject({ status: 200 });
  });
});

describe("the bot of a new table", () => {
  it("is the only bot of the key, or the default bot when a key has all grants", async () => {
    await app().store.credentials.saveCredential({
      provider: "altatech",
      secret: "nobody",
      caller: { principal: "nobody", scopes: "all", grants: [] },
    });
    await app().store.credentials.saveCredential({
      provider: "altatech",
      secret: "everybody",
      caller: { principal: "everybody", scopes: "all", grants: "all" },
    });
    const send = async (key: string, table: object): Promise<number> => {
      const response = await app().fetch(path, {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify(table),
      });
      return response.status;
    };
    const table = nextTable();
    expect(await send("nobody", table)).toBe(401);
    expect(await send("everybody", table)).toBe(200);
    expect(await tablesOf("default")).toContain(table.name);
  });
});

it("creates a table with the requested fields", async () => {
  const { body } = await create(nextTable());
  const { body: page } = await post("/v1/database/records/page", { table_id: body["data"] });
  expect(page).toMatchObject({ data: { table_info: { fields: [id] } } });
});
