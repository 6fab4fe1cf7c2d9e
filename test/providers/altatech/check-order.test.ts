import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../src/json/value.js";
import type { ProviderCaller } from "../../../src/core/access/caller.js";
import { altatech } from "../../../src/providers/altatech/index.js";
import { tableId, taskIdOf, useAltatech } from "./altatech-service.js";
import { rows, table } from "./products-table.js";

const openService = useAltatech();

describe("the checks come in the contract's order", () => {
  it.each<[string, JsonValue | undefined, string]>([
    ["a body that is a list", [], "the body must be a JSON object"],
    ["no body", undefined, "the body must be a JSON object"],
    ["neither table_id nor records", {}, "`table_id`"],
    ["a table_id in upper case", { table_id: tableId.toUpperCase(), records: [] }, "`table_id`"],
    ["records that are not a list", { table_id: tableId, records: {} }, "`records`"],
    [
      "a record that is not an object, among too many",
      { table_id: tableId, records: [...rows(1001, "x"), 7] },
      "`records.1001`",
    ],
    ["too many records for a table that does not exist", { table_id: tableId, records: rows(1001, "x") }, "1000"],
  ])("%s", async (_name, body, text) => {
    expect(await openService().send({ body })).toMatchObject({
      status: 400,
      body: { code: 40000, message: expect.stringContaining(text) as unknown },
    });
  });

  it("names the record at fault beside the body", async () => {
    const { violations } = await openService().send({ body: { table_id: tableId, records: [{}, null] } });
    expect(violations).toEqual([expect.objectContaining({ recordIndex: 1 })]);
  });

  it("refuses a request without a key although every key is accepted", async () => {
    expect(await openService().send({ headers: {}, body: {} })).toMatchObject({ status: 401, body: { code: 40127 } });
  });

  it("answers unknown paths and methods with a parameter error", async () => {
    const { send } = openService();
    expect(await send({ method: "GET" })).toMatchObject({ status: 400, body: { code: 40000 } });
    expect(await send({ path: "/v1/database/nope" })).toMatchObject({ status: 400, body: { code: 40000 } });
  });
});

describe("a key reaches the tables of its own bot", () => {
  const callers: Readonly<Record<string, ProviderCaller>> = {
    "app-shop": { principal: "shop", scopes: "all", grants: ["shop"] },
    "app-other": { principal: "other", scopes: "all", grants: ["other"] },
  };

  it("and neither another's table nor another's tasks", async () => {
    const { store, create, send } = openService({ authorization: "on" });
    await create(table);
    for (const [secret, caller] of Object.entries(callers))
      await store.credentials.saveCredential({ provider: altatech.id, caller, secret });
    const body = { table_id: tableId, records: rows(1, "x") };
    const [own, other] = ["app-shop", "app-other"].map((secret) => ({ authorization: `Bearer ${secret}` }));
    expect(await send({ headers: other, body })).toMatchObject({ status: 403, body: { code: 403131 } });
    const ids = taskIdOf(await send({ headers: own, body }));
    const status = { method: "GET", path: "/v1/database/query/import-results", query: { ids } } as const;
    expect((await send({ ...status, headers: own })).body).toHaveLength(1);
    expect((await send({ ...status, headers: other })).body).toEqual([]);
  });
});
