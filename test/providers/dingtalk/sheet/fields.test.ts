import { beforeAll, describe, expect, it } from "vitest";
import { useDingtalk } from "../dingtalk-app.js";
import { ask, grantTokens, insertTitles, wrongArguments } from "../rest-client.js";

const fieldId = expect.stringMatching(/^[0-9A-Za-z]{7}$/) as unknown;
const choiceId = expect.stringMatching(/^[0-9A-Za-z]{10}$/) as unknown;

describe("the fields of a sheet", () => {
  const world = useDingtalk();
  beforeAll(() => grantTokens(world()));

  const list = async (sheet = "Tasks") => (await ask(world(), "GET", `sheets/${sheet}/fields`)).body.value;
  const create = (body: unknown, prefix = "") =>
    ask(world(), "POST", "sheets/HAcL4SD/fields", { text: JSON.stringify(body), prefix });

  it("are listed in their order, by the id or the name of the sheet, options included", async () => {
    const expected = [
      { id: "tItle01", name: "Title", type: "text", property: {} },
      { id: "hOurs01", name: "Hours", type: "number", property: {} },
      { id: "sTate01", name: "State", type: "singleSelect", property: { choices: [{ id: choiceId, name: "open" }] } },
      { id: "tAgs001", name: "Tags", type: "multipleSelect", property: { choices: [] } },
    ];
    expect(
      await ask(world(), "GET", "sheets/Tasks/fields", { prefix: "/dingtalk", query: "operatorId=reader" }),
    ).toEqual({ status: 200, body: { value: expected } });
    expect(await list("HAcL4SD")).toEqual(expected);
  });

  it("get a further field, which records have from then on", async () => {
    const [before] = await insertTitles(world(), ["before"]);
    const created = await create({
      name: "价格",
      type: "currency",
      property: { currencyType: "CNY", formatter: "FLOAT_2", multiple: null, key: {} },
      more: 1,
    });
    expect(created).toEqual({
      status: 200,
      body: { id: fieldId, name: "价格", type: "currency", property: { currencyType: "CNY", formatter: "FLOAT_2" } },
    });
    expect((await list()).at(-1)).toEqual(created.body);
    const inserted = await ask(world(), "POST", "sheets/Tasks/records", {
      body: { records: [{ fields: { 价格: 5000.5, Title: "a" } }, { fields: { [created.body.id]: "7" } }] },
    });
    const recordOf = async (id = "") => (await ask(world(), "GET", `sheets/Tasks/records/${id}`)).body.fields;
    expect(await recordOf(inserted.body.value[0]?.id)).toEqual({ 价格: "5000.5", Title: "a" });
    expect(await recordOf(inserted.body.value[1]?.id)).toEqual({ 价格: "7" });
    expect(await recordOf(before)).toEqual({ Title: "before" });
  });

  it("may have the name of an inherited member", async () => {
    expect((await create({ name: "__proto__", type: "text" }, "/dingtalk")).body).toEqual({
      id: fieldId,
      name: "__proto__",
      type: "text",
      property: {},
    });
    const { body } = await ask(world(), "POST", "sheets/Tasks/records", {
      text: '{"records":[{"fields":{"__proto__":"x"}}]}',
    });
    const response = await ask(world(), "GET", `sheets/Tasks/records/${body.value[0]?.id}`);
    expect(JSON.stringify(response.body.fields)).toBe('{"__proto__":"x"}');
  });

  it("are all created when eight are added concurrently with inserts, and one of a name that eight requests have", async () => {
    const before = (await list()).length;
    const names = Array.from({ length: 8 }, (_, index) => `new ${index}`);
    const made = await Promise.all([
      ...names.map((name) => create({ name, type: "text" })),
      insertTitles(world(), ["meanwhile"]),
    ]);
    expect(made.slice(0, 8)).toEqual(
      names.map(
        (name) =>
          expect.objectContaining({ status: 200, body: { id: fieldId, name, type: "text", property: {} } }) as unknown,
      ),
    );
    const wanted = await Promise.all(names.map(() => create({ name: "wanted", type: "text" })));
    expect(wanted.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(7).fill(400)]);
    const fields = await list();
    expect(fields).toHaveLength(before + 9);
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    expect(
      fields
        .map(({ name }) => name)
        .slice(before, -1)
        .toSorted(),
    ).toEqual(names);
  });

  it.each<[string, unknown, string, string]>([
    ["without name", { type: "text" }, "Missingname", "name is mandatory for this action."],
    ["without type", { name: 1 }, "Missingtype", "type is mandatory for this action."],
    ["that is a list", [], "Missingname", "name is mandatory"],
    ["with a taken name", { name: "Title", type: "number" }, wrongArguments, "name: the field 'Title' exists already"],
    ["with an empty name", { name: "", type: "text" }, wrongArguments, "name: "],
    ["with a name that is not a text", { name: {}, type: "text" }, wrongArguments, "name: "],
    ["with null for a name", { name: null, type: "text" }, wrongArguments, "name: "],
    ["with U+0000", { name: "\0", type: "text" }, wrongArguments, "name: contains U+0000"],
    ["with an unknown type", { name: "x", type: "文本" }, wrongArguments, "type: "],
    [
      "with a property that is not an object",
      { name: "x", type: "text", property: "{}" },
      wrongArguments,
      "property: ",
    ],
    [
      "with an option twice",
      { name: "x", type: "multipleSelect", property: { choices: [{ name: "o" }, { name: "o" }] } },
      wrongArguments,
      "property.choices: the name o is given twice",
    ],
  ])("do not get one %s", async (_name, body, code, message) => {
    const before = await list();
    const { status, body: error } = await create(body);
    expect({ status, code: error.code }).toEqual({ status: 400, code });
    expect(error.message).toContain(message);
    expect(await list()).toEqual(before);
  });
});
