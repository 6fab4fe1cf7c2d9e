import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import { dingtalk } from "../../../src/providers/dingtalk/index.js";
import { useService } from "../../service/use-service.js";

const fields = [
  { id: "tItle01", name: "Title", type: "text" },
  { id: "lInk001", name: "Link", type: "url" },
  { id: "sTate01", name: "State", type: "singleSelect" },
];
const definition = { baseId: "b1", operators: { u1: "edit" }, sheets: [{ name: "s\ufffd", fields }] };
const target = { baseId: "b1", sheetIdOrName: "s\ufffd", operatorId: "u1" };

describe("a record that cannot be stored", () => {
  const open = useService(dingtalk, { secret: "any", settings: { UNKNOWN_OPTION: "create" } });

  it.each<[string, JsonObject, string, string]>([
    ["U+0000", { Title: "a\0" }, "Title", "contains U+0000"],
    ["a lone surrogate in an object", { Link: { text: "\ud800", link: "" } }, "Link", "contains a lone surrogate"],
    ["a field by its id", { tItle01: "\0" }, "tItle01", "contains U+0000"],
    ["an option that would be created", { State: "\0" }, "State", "contains U+0000"],
  ])("is refused with record and field as they were sent: %s", async (_name, wrong, field, problem) => {
    const service = open();
    const collection = await service.create(definition);
    const write = service.write("insertRecords", { target, records: [{ Title: "good" }, wrong] });
    const message = expect.stringContaining(problem) as unknown;
    const violations = [{ recordIndex: 1, field, rule: "storable", message }];
    await expect(write).rejects.toMatchObject({ details: { kind: "invalid-input", violations } });
    expect(await service.storedFields(collection)).toEqual([]);
  });

  it("is not written to a sheet with the replacement character in its name", async () => {
    const service = open();
    const collection = await service.create(definition);
    const records = [{ Title: "lost" }];
    const write = service.write("insertRecords", { target: { ...target, sheetIdOrName: "s\ud800" }, records });
    const violations = [{ field: "target.sheetIdOrName" }];
    await expect(write).rejects.toMatchObject({ details: { kind: "invalid-input", violations } });
    expect(await service.storedFields(collection)).toEqual([]);
  });
});
