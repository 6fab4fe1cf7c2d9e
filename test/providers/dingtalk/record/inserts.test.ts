import { systemRequest } from "../../../../src/core/request-scope.js";
import { describe, expect, it } from "vitest";
import type { Clock } from "../../../../src/core/clock.js";
import { dingtalk } from "../../../../src/providers/dingtalk/index.js";
import { definition, token, useDingtalk } from "../dingtalk-app.js";

class HandClock implements Clock {
  hours = 0;

  now(): Date {
    return new Date(Date.UTC(2026, 0, 1, this.hours));
  }
}

describe("a client token", () => {
  const clock = new HandClock();
  const world = useDingtalk({ clock });

  it("lets one of eight concurrent requests insert", async () => {
    const before = (await world().stored()).length;
    const clientToken = "00000000-0000-4000-8000-000000000001";
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) => world().insert({ clientToken }, [{ Title: `${index}` }])),
    );
    const kinds = results.map((result) => result["__typename"]);
    expect(kinds.toSorted()).toEqual(["InsertRecordsSuccess", ...Array<string>(7).fill("WriteDuplicateRequestError")]);
    expect((await world().stored()).slice(before)).toEqual([{ Title: String(kinds.indexOf("InsertRecordsSuccess")) }]);
  });

  it("belongs to one base and one operator, in upper and lower case", async () => {
    await world().createBase("other", {});
    const insert = async (changes: object) => (await world().insert({ clientToken: token, ...changes }))["__typename"];
    expect([await insert({}), await insert({ operatorId: "second" }), await insert({ baseId: "other" })]).toEqual(
      Array(3).fill("InsertRecordsSuccess"),
    );
    expect([await insert({ clientToken: token.toUpperCase() }), await insert({ sheetIdOrName: "HAcL4SD" })]).toEqual(
      Array(2).fill("WriteDuplicateRequestError"),
    );
  });

  it("is free again after a day, and after a request that failed", async () => {
    const clientToken = "00000000-0000-4000-8000-000000000002";
    const insert = async (hours: string) => (await world().insert({ clientToken }, [{ Hours: hours }]))["__typename"];
    expect([await insert("x"), await insert("1"), await insert("x")]).toEqual([
      "WriteInvalidInputError",
      "InsertRecordsSuccess",
      "WriteDuplicateRequestError",
    ]);
    clock.hours += 23;
    expect(await insert("1")).toBe("WriteDuplicateRequestError");
    clock.hours += 1;
    expect(await insert("1")).toBe("InsertRecordsSuccess");
  });
});

describe("an insert", () => {
  const world = useDingtalk({ environment: { DINGTALK_UNKNOWN_OPTION: "create" } });

  it("answers ids in the order of the records, by which these are found", async () => {
    const { ids, insertedCount } = await world().insert({}, [
      { Title: "first" },
      { tItle01: "second", Hours: null },
      {},
    ]);
    expect(insertedCount).toBe(3);
    expect(ids).toEqual(Array(3).fill(expect.stringMatching(/^[0-9A-Za-z]{10}$/)));
    const { collection } = await world().app.store.collections.locate(dingtalk.id, definition.baseId, "Tasks");
    const { items } = await world().app.store.records.listRecords(collection?.id ?? "", { first: 10 });
    expect(items.map((record) => record.key)).toEqual(ids);
    expect(await world().stored()).toEqual([{ Title: "first" }, { Title: "second" }, {}]);
  });

  it("adds an option where that is configured, once for many concurrent requests", async () => {
    const names = ["x", "y", "x", "z", "x", "y"];
    const results = await Promise.all(
      names.map((name) => world().insert({}, [{ State: "open", Tags: [name, "both"] }])),
    );
    expect(results.map((result) => result["__typename"])).toEqual(names.map(() => "InsertRecordsSuccess"));
    const fields = (await world().definitionNow()) as unknown as {
      fields: { name: string; primary?: boolean; property?: { choices: { id: string; name: string }[] } }[];
    };
    const choices = fields.fields.find(({ name }) => name === "Tags")?.property?.choices ?? [];
    expect(choices.map(({ name }) => name).toSorted()).toEqual(["both", "x", "y", "z"]);
    expect(fields.fields[0]).toMatchObject({ name: "Title", primary: true });
    const stored = (await world().stored()).flatMap((record) =>
      Array.isArray(record["Tags"]) ? (record["Tags"] as unknown[]) : [],
    );
    for (const tag of stored) expect(choices).toContainEqual(tag);
  });

  it("adds none when another record is wrong", async () => {
    const before = await world().definitionNow();
    expect(await world().insert({}, [{ Tags: ["never"] }, { Hours: "x" }])).toMatchObject({
      __typename: "WriteInvalidInputError",
    });
    expect(await world().insert({}, [{ Tags: [""] }])).toMatchObject({ __typename: "WriteInvalidInputError" });
    expect(await world().definitionNow()).toEqual(before);
  });
});

describe("a definition", () => {
  const world = useDingtalk();
  const create = (changes: object) =>
    world().app.manageCollections.create(systemRequest, dingtalk.id, { ...definition, ...changes });

  it("gets generated ids for those that are not given", async () => {
    const { baseId: _baseId, ...rest } = definition;
    const created = await world().app.manageCollections.create(systemRequest, dingtalk.id, {
      ...rest,
      sheets: [{ name: "S", fields: [{ name: "F", type: "singleSelect", property: { choices: [{ name: "o" }] } }] }],
    });
    const id = (length: number) => expect.stringMatching(new RegExp(`^[0-9A-Za-z]{${length}}$`)) as unknown;
    expect(created.definition).toEqual({
      baseId: id(32),
      id: id(7),
      name: "S",
      fields: [{ id: id(7), name: "F", type: "singleSelect", property: { choices: [{ id: id(10), name: "o" }] } }],
    });
    expect(created).toMatchObject({ name: created.definition["id"], spaceName: created.definition["baseId"] });
  });

  it("of a further sheet changes the given properties of the base and keeps the others", async () => {
    const sheet = { name: "Second", fields: [{ name: "Title", type: "text" }] };
    await create({ state: "broken", sheets: [{ ...sheet, id: "sEcond1" }] });
    expect(await world().insert()).toMatchObject({ __typename: "WriteResourceBrokenError" });
    await create({ operators: { only: "edit" }, state: "ready", sheets: [{ ...sheet, id: "tHird01", name: "Third" }] });
    expect(await world().insert({ sheetIdOrName: "Second", operatorId: "only" })).toMatchObject({
      __typename: "InsertRecordsSuccess",
    });
    expect(await world().insert()).toMatchObject({ upstream: { code: "invalidRequest.document.notFound" } });
  });

  it("is refused when a sheet of that id or name exists", async () => {
    await expect(create({})).rejects.toThrow("exists already");
    await expect(create({ sheets: [{ ...definition.sheets[0], id: "oTher01" }] })).rejects.toThrow("exists already");
  });

  it.each([
    [
      "two sheets",
      { sheets: [definition.sheets[0], { ...definition.sheets[0], id: "x" }] },
      "sheets: must hold one sheet",
    ],
    ["no sheet", { sheets: [] }, "sheets: must hold one sheet"],
    ["an unknown state", { state: "odd" }, "state"],
    ["an unknown type", { sheets: [{ name: "s", fields: [{ name: "a", type: "odd" }] }] }, "sheets.0.fields.0.type"],
    [
      "a name twice",
      {
        sheets: [
          {
            name: "s",
            fields: [
              { name: "a", type: "text" },
              { name: "a", type: "text" },
            ],
          },
        ],
      },
      "sheets.0.fields: the name a is given twice",
    ],
    [
      "an option twice",
      {
        sheets: [
          {
            name: "s",
            fields: [{ name: "a", type: "singleSelect", property: { choices: [{ name: "o" }, { name: "o" }] } }],
          },
        ],
      },
      "sheets.0.fields.0.property.choices: the name o",
    ],
    ["U+0000", { sheets: [{ name: "s\0", fields: [{ name: "a", type: "text" }] }] }, "sheets.0.name: contains U+0000"],
    ["an operator with a lone surrogate", { operators: { "\ud800": "edit" } }, "operators"],
  ])("with %s is refused", async (_name, changes, message) => {
    await expect(create(changes)).rejects.toThrow(message);
  });
});
