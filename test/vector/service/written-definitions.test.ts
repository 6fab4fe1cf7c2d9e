import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/json/parse.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector } from "../vector-service.js";

const open = useVector(milvus);
const almostTwo = "2.0000000000000000001";

function schemaWith(defaultValue: string, dataType: string): string {
  return `{"collectionName":"book","schema":{"fields":[
    {"fieldName":"id","dataType":"Int64","isPrimary":true},
    {"fieldName":"vec","dataType":"FloatVector","elementTypeParams":{"dim":2}},
    {"fieldName":"x","dataType":"${dataType}","defaultValue":${defaultValue}}]}}`;
}

describe("a number in the definition of a collection", () => {
  it.each([
    ["/v1/vector/collections/create", `{"collectionName":"book","dimension":${almostTwo}}`, "dimension"],
    ["/v2/vectordb/collections/create", `{"collectionName":"book","dimension":${almostTwo}}`, "dimension"],
    ["/v2/vectordb/collections/create", schemaWith(almostTwo, "Int64"), "schema.fields.2.defaultValue"],
    ["/v2/vectordb/collections/create", schemaWith(almostTwo, "Int8"), "schema.fields.2.defaultValue"],
  ])("is judged by its digits: %s %.60s", async (path, body, field) => {
    const { body: reply, violations } = await open().send({ path, body: parseJson(body) });
    expect(reply).toMatchObject({ message: expect.stringMatching(/wrong JSON type|does not fit/) as string });
    expect(violations).toMatchObject([{ field }]);
  });

  it.each([
    ["Int64", '"5"'],
    ["Double", '"1.5"'],
    ["Bool", "1"],
    ["VarChar", "5"],
    ["VarChar", almostTwo],
  ])("is not dropped as a default of another JSON type: %s %s", async (type, written) => {
    const request = { path: "/v2/vectordb/collections/create", body: parseJson(schemaWith(written, type)) };
    const { body, violations } = await open().send(request);
    expect(body).toMatchObject({ code: 1100 });
    expect(violations).toMatchObject([{ field: "schema.fields.2.defaultValue", rule: "default" }]);
  });

  it("comes without the parts that are not served", async () => {
    const schema = schemaWith("5", "Int64").replace('"schema":{', '"schema":{"structFields":[{"name":"s"}],');
    const request = { path: "/v2/vectordb/collections/create", body: parseJson(schema) };
    expect((await open().send(request)).violations).toMatchObject([{ field: "schema.structFields" }]);
  });

  it.each([
    ["Double", almostTwo],
    ["Int64", "9007199254740993.0"],
  ])("is taken where it has a value of the type: %s %s", async (type, written) => {
    const body = parseJson(schemaWith(written, type));
    expect(await open().post("/v2/vectordb/collections/create", body)).toMatchObject({ code: 0 });
  });
});
