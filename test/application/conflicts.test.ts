import { systemRequest } from "../../src/core/request-scope.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/json/value.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";

let app: OpenTestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

describe("a table of another bot", () => {
  const table = (definition: JsonObject): JsonObject => ({
    table_id: "673af861ed69656ac0895b07",
    fields: [{ name: "id", type: "TEXT" }],
    ...definition,
  });

  test("does not share its table_id", async () => {
    await app.manageCollections.create(systemRequest, "altatech", table({ name: "one" }));
    await expect(
      app.manageCollections.create(systemRequest, "altatech", table({ name: "two", bot_id: "b2" })),
    ).rejects.toMatchObject({
      details: { kind: "conflict" },
    });
  });
});

describe("a dataset with the escaped name of another", () => {
  let count = 0;
  const create = (dataset: JsonObject, table: JsonObject = { name: "T" }) => {
    const uploads = [{ name: `u${++count}`, schema: [{ name: "a", type: "string" }] }];
    return app.manageCollections.create(systemRequest, "redivis", {
      owner: "demo",
      dataset,
      table: { ...table, uploads },
    });
  };
  const conflict = { details: { kind: "conflict" } };

  test("is another dataset when its id differs", async () => {
    await create({ name: "My data", id: "abcd" }, { name: "A table", id: "wxyz" });
    await create({ name: "my_data" }, { name: "a-table" });
    await expect(create({ name: "my-data", id: "zzzz" })).rejects.toMatchObject(conflict);
    await expect(create({ name: "My data" }, { name: "A table", id: "yyyy" })).rejects.toMatchObject(conflict);
  });

  test("is another dataset when only the escaped names are equal", async () => {
    await create({ name: "数据", visibility: "public" });
    await expect(create({ name: "秘密" })).rejects.toMatchObject(conflict);
    await expect(create({ name: "数据" }, { name: "他" })).resolves.toBeDefined();
    await expect(create({ name: "数据" }, { name: "她" })).rejects.toMatchObject(conflict);
  });

  test("is found by its generated id, also under another name", async () => {
    await create({ name: "auto", visibility: "public" }, { name: "tab" });
    const get = async (reference: string) =>
      (await app.fetch(`/api/v1/tables/${reference}`, { headers: { authorization: "Bearer any" } })).json() as Promise<{
        qualifiedReference?: string;
      }>;
    const { qualifiedReference = "" } = await get("demo.auto:next.tab");
    expect(await get(qualifiedReference.replace(".auto:", ".other:"))).toMatchObject({
      kind: "table",
      qualifiedReference,
    });
  });
});
