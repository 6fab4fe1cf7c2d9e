import { expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import { done, key, vec, withFields } from "../book-v2.js";
import { inBook, rowsOf, useCompanions, type Ask } from "./use-companions.js";

const { open } = useCompanions();

/** Two services over one store, each with a memory of its own, as two processes have. */
function openTwo() {
  return { writer: open(), other: open() };
}

const stored = (ids: readonly number[]) => ({ code: 0, data: { insertCount: ids.length, insertIds: ids }, cost: 0 });
const countOf = async (ask: Ask, collectionName: string) =>
  ask("collections/get_stats", { collectionName }) as Promise<{ readonly data?: JsonObject }>;

const note: JsonObject = { fieldName: "note", dataType: "Int64" };

it("a collection that another process dropped and made again is written as it is now", async () => {
  const { writer, other } = openTwo();
  await writer.createBook(withFields([key, vec]));
  expect(await writer.ask("entities/insert", rowsOf(1))).toEqual(stored([1]));
  expect(await other.ask("collections/drop", inBook)).toEqual(done);
  expect(await writer.ask("entities/insert", rowsOf(2))).toMatchObject({ code: 100 });
  await other.createBook(withFields([key, vec, note]));
  expect(await writer.ask("entities/insert", rowsOf(3))).toMatchObject({ code: 1804 });
  const noted = { ...inBook, data: [{ id: 3, vec: [1, 2], note: 7 }] };
  expect(await writer.ask("entities/insert", noted)).toEqual(stored([3]));
  expect((await countOf(other.ask, "book")).data).toEqual({ rowCount: 1 });
});

it("a refusal is not given for what is remembered alone", async () => {
  const { writer, other } = openTwo();
  await writer.createBook(withFields([key, vec, note]));
  expect(await writer.ask("entities/insert", rowsOf(1))).toMatchObject({ code: 1804 });
  await other.ask("collections/drop", inBook);
  await other.createBook(withFields([key, vec]));
  expect(await writer.ask("entities/insert", rowsOf(1))).toEqual(stored([1]));
});

it("a name that another process gives to another collection leads there at once", async () => {
  const { writer, other } = openTwo();
  await writer.createBook(withFields([key, vec]));
  await other.ask("collections/create", { collectionName: "novel", ...withFields([key, vec]) });
  await other.ask("aliases/create", { aliasName: "read", collectionName: "book" });
  const rows = (id: number) => ({ ...rowsOf(id), collectionName: "read" });
  for (const id of [1, 2]) expect(await writer.ask("entities/insert", rows(id))).toEqual(stored([id]));
  expect(await other.ask("aliases/alter", { aliasName: "read", collectionName: "novel" })).toEqual(done);
  expect(await writer.ask("entities/insert", rows(3))).toEqual(stored([3]));
  expect((await countOf(other.ask, "novel")).data).toEqual({ rowCount: 1 });
  expect(await other.ask("aliases/drop", { aliasName: "read" })).toEqual(done);
  expect(await writer.ask("entities/insert", rows(4))).toMatchObject({ code: 100 });
  expect(await other.ask("collections/rename", { ...inBook, newCollectionName: "old" })).toEqual(done);
  expect(await writer.ask("entities/insert", rowsOf(5))).toMatchObject({ code: 100 });
  expect((await countOf(other.ask, "old")).data).toEqual({ rowCount: 2 });
});
