import { beforeAll, describe, expect, it } from "vitest";
import { useDingtalk } from "../dingtalk-app.js";
import { ask, grantTokens, wrongArguments } from "../rest-client.js";

const sheetId = expect.stringMatching(/^[0-9A-Za-z]{7}$/) as unknown;

describe("the sheets of a base", () => {
  const world = useDingtalk();
  beforeAll(() => grantTokens(world()));

  const list = async () => (await ask(world(), "GET", "sheets")).body.value;
  const create = (body: object, prefix = "") => ask(world(), "POST", "sheets", { text: JSON.stringify(body), prefix });
  const fieldsOf = async (name: string) =>
    (await ask(world(), "GET", `sheets/${encodeURIComponent(name)}/fields`)).body.value;

  it("are listed in order of creation, at the root and below the provider's name", async () => {
    const expected = { status: 200, body: { value: [{ id: "HAcL4SD", name: "Tasks" }] } };
    expect(await ask(world(), "GET", "sheets")).toEqual(expected);
    expect(await ask(world(), "GET", "sheets", { prefix: "/dingtalk" })).toEqual(expected);
    expect(await ask(world(), "GET", "sheets", { query: "operatorId=reader&x=1" })).toEqual(expected);
  });

  it("get a sheet with the given fields, found by its name from then on", async () => {
    const fields = [
      { name: "文本", type: "text", property: { key: {} } },
      { name: "N", type: "number", property: { formatter: "INT", choices: null } },
      {
        name: "S",
        type: "singleSelect",
        property: {
          choices: [
            { name: "a", color: 1 },
            { name: "b", id: "mine" },
          ],
        },
      },
      { name: "P", type: "user", property: null },
    ];
    const created = await create({ name: "数据 /表", fields, extra: 1 });
    expect(created).toEqual({ status: 200, body: { id: sheetId, name: "数据 /表" } });
    const choice = (name: string) => ({ id: expect.stringMatching(/^[0-9A-Za-z]{10}$/) as unknown, name });
    expect(await fieldsOf("数据 /表")).toEqual([
      { id: sheetId, name: "文本", type: "text", property: {} },
      { id: sheetId, name: "N", type: "number", property: { formatter: "INT" } },
      { id: sheetId, name: "S", type: "singleSelect", property: { choices: [choice("a"), choice("b")] } },
      { id: sheetId, name: "P", type: "user", property: {} },
    ]);
    const insert = { records: [{ fields: { 文本: "x", N: 1, S: "a" } }] };
    expect(await ask(world(), "POST", `sheets/${created.body.id}/records`, { body: insert })).toMatchObject({
      status: 200,
    });
    const { collection } = await world().app.store.collections.locate(
      "dingtalk",
      "qnYbase0000000000000000000000001",
      "数据 /表",
    );
    expect(collection?.definition).toMatchObject({
      fields: [{ name: "文本", primary: true }, { name: "N" }, { name: "S" }, { name: "P" }],
    });
    expect(collection?.definition["fields"]).not.toMatchObject([{}, { primary: true }, {}, {}]);
  });

  it("get a sheet for an empty body, with the default name and a title", async () => {
    const before = (await list()).length;
    const usual = { status: 200, body: { id: sheetId, name: `数据表${before + 1}` } };
    expect(await ask(world(), "POST", "sheets")).toMatchObject(usual);
    expect(await fieldsOf(`数据表${before + 1}`)).toEqual([{ id: sheetId, name: "标题", type: "text", property: {} }]);
    await create({ name: `数据表${before + 3}`, fields: [] }, "/dingtalk");
    expect(await create({ name: null, fields: null })).toMatchObject({ body: { name: `数据表${before + 4}` } });
    expect((await list()).map(({ name }) => name).slice(before)).toEqual(
      [1, 3, 4].map((number) => `数据表${before + number}`),
    );
  });

  it("get different names when eight are created concurrently, and one sheet of a name that eight requests have", async () => {
    const before = (await list()).length;
    const unnamed = await Promise.all(Array.from({ length: 8 }, () => create({})));
    expect(unnamed.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const named = await Promise.all(Array.from({ length: 8 }, () => create({ name: "wanted" })));
    expect(named.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(7).fill(400)]);
    const sheets = await list();
    expect(sheets).toHaveLength(before + 9);
    expect(new Set(sheets.map(({ name }) => name)).size).toBe(sheets.length);
    expect(new Set(sheets.map(({ id }) => id)).size).toBe(sheets.length);
  });

  it.each<[string, unknown, string]>([
    ["a taken name", { name: "Tasks" }, "name: the sheet 'Tasks' exists already"],
    ["an empty name", { name: "" }, "name: "],
    ["a long name", { name: "x".repeat(256) }, "name: "],
    ["a name that is not a text", { name: 1 }, "name: "],
    ["U+0000 in the name", { name: "a\0" }, "name: contains U+0000"],
    [
      "a lone surrogate in a field's name",
      { fields: [{ name: "\ud800", type: "text" }] },
      "fields.0.name: contains a lone surrogate",
    ],
    ["fields that are not a list", { fields: {} }, "fields: "],
    ["a field that is not an object", { fields: ["x"] }, "fields.0: "],
    ["a field without type", { fields: [{ name: "a", type: "text" }, { name: "b" }] }, "fields.1.type: "],
    ["an unknown type", { fields: [{ name: "a", type: "constructor" }] }, "fields.0.type: "],
    [
      "a name twice",
      {
        fields: [
          { name: "a", type: "text" },
          { name: "a", type: "text" },
        ],
      },
      "fields: the name a is given twice",
    ],
    [
      "an option twice",
      { fields: [{ name: "a", type: "singleSelect", property: { choices: [{ name: "o" }, { name: "o" }] } }] },
      "fields.0.property.choices: the name o is given twice",
    ],
    [
      "an option without name",
      { fields: [{ name: "a", type: "singleSelect", property: { choices: [{}] } }] },
      "fields.0.property.choices.0.name: ",
    ],
    [
      "U+0000 in a property",
      { fields: [{ name: "a", type: "date", property: { formatter: "\0" } }] },
      "fields.0.property.formatter: contains U+0000",
    ],
    ["a list", [], "the body: "],
    ["a text", "x", "the body: "],
  ])("do not get a sheet with %s", async (_name, body, message) => {
    const before = await list();
    const { status, body: error } = await ask(world(), "POST", "sheets", { text: JSON.stringify(body) });
    expect({ status, code: error.code }).toEqual({ status: 400, code: wrongArguments });
    expect(error.message).toContain(message);
    expect(await list()).toEqual(before);
  });

  it("are all listed, also when they are many", async () => {
    await world().createBase("large", {});
    const { collections } = world().app.store;
    for (let index = 1; index <= 500; index += 1) {
      await collections.createCollection({
        provider: "dingtalk",
        space: { name: "large", definition: {} },
        name: `s${index}`,
        alias: `name ${index}`,
        definition: { name: `name ${index}`, fields: [] },
      });
    }
    const { body } = await ask(world(), "GET", "/v1.0/notable/bases/large/sheets");
    expect(body.value.slice(1)).toEqual(
      Array.from({ length: 500 }, (_, index) => ({ id: `s${index + 1}`, name: `name ${index + 1}` })),
    );
  });
});
