import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../../src/json/parse.js";
import { DefinitionError } from "../../../../src/contract/provider.js";
import { isJsonObject, type JsonObject } from "../../../../src/json/value.js";
import { randomIds } from "../../../../src/host/system.js";
import { redivis } from "../../../../src/providers/redivis/index.js";
import { defineUpload, type DefinitionParts } from "../redivis-service.js";

const { definition, toCollection } = redivis.collections;

function make(given: JsonObject) {
  return toCollection(definition.parse(given), randomIds);
}

/** Place and reason of the refusal of a definition. */
function refusalOf(given: JsonObject): string {
  const parsed = definition.safeParse(given);
  if (!parsed.success) return String(parsed.error.issues[0]?.path.join("."));
  try {
    toCollection(parsed.data, randomIds);
  } catch (error) {
    if (error instanceof DefinitionError) return error.field;
    throw error;
  }
  return "";
}

const variable = { name: "a", type: "string" };

describe("a definition", () => {
  it("names dataset and upload, and has the given properties of the dataset only", () => {
    expect(make(defineUpload({ upload: { name: "tiny file.csv", schema: [variable] } }))).toEqual({
      name: "a_table/tiny file.csv",
      alias: "a_table/tiny file_csv",
      definition: {
        table: "A table",
        name: "tiny file.csv",
        type: "stream",
        schema: [variable],
        skipBadRecords: false,
      },
      space: {
        name: "demo.my_data",
        definition: {
          ...{
            owner: "demo",
            name: "My data",
            id: "abcd",
            released: ["v1_0", "v1_1"],
            next: true,
            visibility: "public",
          },
          ...{
            "table:a_table": "A table",
            "table:a_table:id": "wxyz",
            madeUpId: expect.stringMatching(/^[0-9a-f]{4}$/) as string,
          },
        },
      },
    });
    const least = {
      owner: "Demo",
      dataset: { name: "d" },
      table: { name: "t", uploads: [{ name: "u", schema: [variable] }] },
    };
    expect(make(least)).toMatchObject({
      name: "t/u",
      alias: "t/u",
      space: { name: "demo.d", definition: { owner: "demo", name: "d", "table:t": "t" } },
    });
  });

  it("may be the schema of a case, one upload at a time", () => {
    const file = parseJson(readFileSync("test/cases/contracts/redivis.json", "utf8"));
    const schemas =
      isJsonObject(file) && isJsonObject(file["schemas"]) ? Object.values(file["schemas"]).filter(isJsonObject) : [];
    expect(schemas.length).toBeGreaterThan(0);
    for (const { tokens: _secrets, ...schema } of schemas) {
      const hasUpload = isJsonObject(schema["table"]) && JSON.stringify(schema["table"]["uploads"]) !== "[]";
      expect(refusalOf(schema)).toBe(hasUpload ? "" : "table.uploads");
    }
  });

  it.each<[string, DefinitionParts, string]>([
    ["a stream without variables", { upload: { schema: [] } }, "table.uploads.0.schema"],
    ["a variable that is given twice", { upload: { schema: [variable, variable] } }, "table.uploads.0.schema"],
    [
      "a reserved variable",
      { upload: { schema: [{ name: "_upload_name", type: "string" }] } },
      "table.uploads.0.schema.0.name",
    ],
    [
      "a variable with a dot",
      { upload: { schema: [{ name: "var.2", type: "string" }] } },
      "table.uploads.0.schema.0.name",
    ],
    [
      "an unknown type of a variable",
      { upload: { schema: [{ name: "a", type: "text" }] } },
      "table.uploads.0.schema.0.type",
    ],
    ["an unknown type of an upload", { upload: { type: "csv" } }, "table.uploads.0.type"],
    ["no upload", { table: { uploads: [] } }, "table.uploads"],
    [
      "two uploads",
      {
        table: {
          uploads: [
            { name: "a", schema: [variable] },
            { name: "b", schema: [variable] },
          ],
        },
      },
      "table.uploads",
    ],
    ["an id that is a version", { dataset: { id: "next" } }, "dataset.id"],
    ["an id in upper case", { table: { id: "WXYZ" } }, "table.id"],
    ["a released version in another form", { dataset: { released: ["1.0"] } }, "dataset.released.0"],
    ["an unknown member", { dataset: { public: true } }, "dataset"],
  ])("is refused for %s", (_name, parts, field) => {
    expect(refusalOf(defineUpload(parts))).toBe(field);
  });

  it("of an upload of a file needs no variables", () => {
    expect(refusalOf(defineUpload({ upload: { type: "shp.zip", schema: [] } }))).toBe("");
  });
});
