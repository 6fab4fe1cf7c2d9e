import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/json/value.js";
import { dingtalk } from "../../../../src/providers/dingtalk/index.js";
import { baseId, useDingtalk } from "../dingtalk-app.js";

const world = useDingtalk();

/** Changes the base as another process does: nothing tells this one. */
async function changeBase(changes: JsonObject): Promise<void> {
  const { store } = world().app;
  const { space } = await store.collections.locate(dingtalk.id, baseId, "");
  if (space === undefined) throw new Error("the base is gone");
  expect(await store.spaces.changeSpace(space, { ...space.definition, ...changes })).toBe("stored");
}

it("a right that another process withdraws is gone for the next insert, and counts again when it is given back", async () => {
  const insert = async () => (await world().insert())["__typename"];
  expect([await insert(), await insert()]).toEqual(["InsertRecordsSuccess", "InsertRecordsSuccess"]);
  const before = (await world().stored()).length;
  await changeBase({ operators: { editor: "read" } });
  expect(await insert()).toBe("WritePermissionDeniedError");
  await changeBase({ operators: {} });
  expect(await insert()).not.toBe("InsertRecordsSuccess");
  expect(await world().stored()).toHaveLength(before);
  await changeBase({ operators: { editor: "edit" } });
  expect(await insert()).toBe("InsertRecordsSuccess");
  await changeBase({ failure: "unknownError" });
  expect(await insert()).not.toBe("InsertRecordsSuccess");
  await changeBase({ failure: null });
  expect(await insert()).toBe("InsertRecordsSuccess");
});

it("a field that another process adds is known to the next insert, and one that it removes is not", async () => {
  const { collections } = world().app.store;
  const changeSheet = async (changed: (fields: readonly JsonObject[]) => readonly JsonObject[]) => {
    const { collection } = await collections.locate(dingtalk.id, baseId, "Tasks");
    if (collection === undefined) throw new Error("the sheet is gone");
    const fields = changed(collection.definition["fields"] as readonly JsonObject[]);
    await collections.changeDefinition(collection, { ...collection.definition, fields });
  };
  const insert = async () => (await world().insert({}, [{ Title: "a", Later: "b" }]))["__typename"];
  expect(await insert()).toBe("WriteInvalidInputError");
  await changeSheet((fields) => [...fields, { id: "lAter01", type: "text", name: "Later" }]);
  expect([await insert(), await insert()]).toEqual(["InsertRecordsSuccess", "InsertRecordsSuccess"]);
  await changeSheet((fields) => fields.filter(({ name }) => name !== "Later"));
  expect(await insert()).toBe("WriteInvalidInputError");
});
