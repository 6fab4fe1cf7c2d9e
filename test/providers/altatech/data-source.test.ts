import { describe, expect, it } from "vitest";
import { unlimitedCaller } from "../../../src/contract/credentials.js";
import { RequestScope } from "../../../src/core/request-scope.js";
import type { JsonValue } from "../../../src/json/value.js";
import { altatech } from "../../../src/providers/altatech/index.js";
import { writeOver } from "../../service/write-over.js";
import { tableId, useAltatech } from "./altatech-service.js";
import { table } from "./products-table.js";

const openService = useAltatech();

describe("the data source", () => {
  it("answers the task and the collection that will hold the records", async () => {
    const { write, create } = openService({ secret: undefined });
    const { id } = await create(table);
    const receipt = await write("insertRecords", {
      target: { table_id: tableId },
      records: [{ id: "1" }],
      origin: { caller: unlimitedCaller("test"), scope: new RequestScope() },
    });
    expect(receipt).toEqual({
      status: "accepted",
      taskId: expect.stringMatching(/^[0-9a-f]{24}$/) as unknown,
      collectionId: id,
    });
  });

  it.each<[string, JsonValue]>([
    ["a list of texts", ["673e9cda9f7bc178002dbd9c", "another"]],
    ["a list of objects", [{ id: "673e9cda9f7bc178002dbd9c" }]],
    ["a text", "673e9cda9f7bc178002dbd9c"],
    ["an object", { id: "673e9cda9f7bc178002dbd9c", status: "?" }],
  ])("takes the id from %s", async (_name, data) => {
    const insert = insertInto({ code: 0, message: "success", data });
    await expect(insert()).resolves.toMatchObject({ taskId: "673e9cda9f7bc178002dbd9c" });
  });

  it("treats code 0 without an id as unreadable: the rows may be stored", async () => {
    await expect(insertInto({ code: 0, message: "OK", data: [] })()).rejects.toMatchObject({
      details: { kind: "internal", outcome: "unknown" },
    });
  });

  it("does not treat status 200 as success", async () => {
    await expect(insertInto({ code: 40000, message: "Parameter error" })()).rejects.toMatchObject({
      details: { kind: "invalid-input", retry: "no", upstream: { httpStatus: 200, code: "40000" } },
    });
  });
});

function insertInto(body: JsonValue): () => Promise<unknown> {
  const write = writeOver(altatech, () => Promise.resolve({ status: 200, headers: {}, body }));
  return () => write("insertRecords", { target: { table_id: tableId }, records: [{ id: "1" }] });
}
