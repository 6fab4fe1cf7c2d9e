import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import { vec, withFields } from "../book-v2.js";
import { inBook, rowsOf, useCompanions } from "./use-companions.js";

const { open, openBook } = useCompanions();

describe("entities are deleted by a filter", () => {
  it.each<[string, JsonObject, number, readonly number[]]>([
    ["id in [1, 2, 7]", {}, 3, [3]],
    ["id IN[ 1 ,2 , ]", {}, 2, [3]],
    ["(id == 3)", {}, 1, [1, 2]],
    ["id == 0x3", {}, 1, [1, 2]],
    ["id in []", {}, 0, [1, 2, 3]],
    ["id in {ids}", { ids: [2, 3] }, 2, [1]],
    ["id in [{one}, 3]", { one: 1 }, 2, [2]],
  ])("%s", async (filter, exprParams, deleteCount, left) => {
    const ask = await openBook();
    await ask("entities/insert", rowsOf(1, 2, 3));
    expect(await ask("entities/delete", { ...inBook, filter, exprParams })).toEqual({ code: 0, data: { deleteCount } });
    expect(await ask("entities/get", { ...inBook, id: [1, 2, 3], outputFields: ["id"] })).toMatchObject({
      data: left.map((id) => ({ id })),
    });
  });

  it("of text keys in either quote, every digit of an integer kept", async () => {
    const text = { fieldName: "id", dataType: "VarChar", isPrimary: true, elementTypeParams: { max_length: 20 } };
    const ask = await openBook(withFields([text, vec]));
    await ask("entities/insert", rowsOf("a", 'b"c', "d"));
    expect(await ask("entities/delete", { ...inBook, filter: `id in ["a", 'b"c', "\\x64"]` })).toMatchObject({
      data: { deleteCount: 3 },
    });
    expect(await ask("collections/get_stats", inBook)).toEqual({ code: 0, data: { rowCount: 0 } });
    const numbers = open().ask;
    await numbers("collections/create", { collectionName: "numbers", dimension: 2 });
    const data = [9007199254740993n, 9007199254740992n].map((id) => ({ id, vector: [1, 2] }));
    await numbers("entities/insert", { collectionName: "numbers", data });
    await numbers("entities/delete", { collectionName: "numbers", filter: "id == 9007199254740993" });
    const got = await numbers("entities/get", {
      collectionName: "numbers",
      id: [9007199254740992n, 9007199254740993n],
    });
    expect(got).toMatchObject({ data: [{ id: 9007199254740992n }] });
  });

  it.each([
    "id not in [1]",
    "id != 1",
    "id < 2",
    "id in [1] or id in [2]",
    "id = 1",
    "id in [1, 'x']",
    "id in [1 2]",
    "id in [1.5]",
    "id in [9223372036854775808]",
    "vec == 1",
    "id in {nothing}",
    "id in [1",
    "((((",
    "like",
  ])("of a served form only: %s", async (filter) => {
    const ask = await openBook();
    await ask("entities/insert", rowsOf(1, 2));
    expect(await ask("entities/delete", { ...inBook, filter })).toEqual({
      code: 1100,
      message: expect.stringMatching(/^failed to create delete plan: .*: invalid parameter$/) as string,
    });
    expect(await ask("collections/get_stats", inBook)).toEqual({ code: 0, data: { rowCount: 2 } });
  });

  it("that is not blank, in a partition that exists", async () => {
    const ask = await openBook();
    const remove = (more: JsonObject) => ask("entities/delete", { ...inBook, filter: "id == 1", ...more });
    expect(await remove({ filter: " " })).toEqual({
      code: 1100,
      message: "delete plan can't be empty or always true :  : invalid parameter",
    });
    expect(await remove({ filter: null, id: 1 })).toMatchObject({ code: 1802 });
    expect(await remove({ partitionName: "shelf" })).toEqual({
      code: 200,
      message: "partition not found[partition=shelf]",
    });
    expect(await remove({ partitionName: "_default" })).toMatchObject({ code: 0 });
  });
});
