import { describe, expect, it } from "vitest";
import { parseJson } from "../../../../src/json/parse.js";
import type { JsonObject, JsonValue } from "../../../../src/json/value.js";
import { readValue, readX, refusalOf, sheetWith } from "./reading.js";

describe("numbers", () => {
  it.each<[JsonValue, string]>([
    [100, "100"],
    [123.5, "123.5"],
    ["0123.50", "123.5"],
    ["5000.00", "5000"],
    [9007199254740993n, "9007199254740993"],
    ["-9007199254740993.0", "-9007199254740993"],
    [-0, "0"],
    ["-0", "0"],
    [1e21, "1000000000000000000000"],
    [1.25e-7, "0.000000125"],
    ["-1.5e3", "-1500"],
    ["9007199254740993e0", "9007199254740993"],
    ["0090071992547409930e-1", "9007199254740993"],
    ["1.0000000000000000001", "1.0000000000000000001"],
    ["1.2345678901234567890123e30", "1234567890123456789012300000000"],
    ["00.5", "0.5"],
    [5e-324, `0.${"0".repeat(323)}5`],
  ])("%s is stored as %s", (sent, read) => {
    for (const type of ["number", "currency", "progress"]) expect(readValue(sheetWith(type), sent)).toBe(read);
  });
});

describe("a number that is whole only after rounding to a double", () => {
  const sent = parseJson('{"x":1.0000000000000000001}') as JsonObject;

  it.each(["rating", "date"])("is not a valid %s", (type) => {
    const message = "the value '1.0000000000000000001' is invalid for field 'x'";
    expect(refusalOf(sheetWith(type), [{ x: 1 }, sent])?.violations).toEqual([
      { recordIndex: 1, field: "x", rule: type, message },
    ]);
  });

  it("is not a rating as a text either", () => {
    expect(refusalOf(sheetWith("rating"), [{ x: "1.0000000000000000001" }])).toBeDefined();
    expect(refusalOf(sheetWith("rating"), [{ x: "1.0" }])).toBeUndefined();
  });

  it.each(["number", "currency", "progress"])("keeps its digits as a %s", (type) => {
    for (const [written, digits] of [
      ["1.0000000000000000001", "1.0000000000000000001"],
      ["-12345678901234567890123.0", "-12345678901234567890123"],
      ["1.2345678901234567890123e23", "123456789012345678901230"],
      ["0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"],
      ["12345678901234567.50e-3", "12345678901234.5675"],
    ])
      expect(readX(sheetWith(type), parseJson(`{"x":${written}}`) as JsonObject)).toBe(digits);
  });

  it("is refused where a double takes it for 0 or infinite", () => {
    for (const x of ["1e-400", "1e400", "-1e99999999999999999999"])
      expect(refusalOf(sheetWith("number"), [{ x }])).toBeDefined();
    expect(refusalOf(sheetWith("number"), [parseJson('{"x":1e-400}') as JsonObject])).toBeDefined();
  });

  it("is not the size of an attachment", () => {
    const members = '"filename":"a.xls","type":"application/vnd.ms-excel","url":"u","resourceId":"r"';
    const attachment = (size: string) => parseJson(`{"x":[{${members},"size":${size}}]}`) as JsonObject;
    expect(refusalOf(sheetWith("attachment"), [attachment("5.0")])).toBeUndefined();
    expect(refusalOf(sheetWith("attachment"), [attachment("5.0000000000000000001")])).toBeDefined();
  });
});

describe("dates", () => {
  const date = sheetWith("date");

  it.each([
    ["2023-12-20 03:00", 1703012400000],
    ["2023-12-20T03:00:00.1234+08:00", 1703012400123],
    ["2023-12-19T19:00Z", 1703012400000],
    ["2023-12-20", 1703001600000],
    ["1988-07-01 00:00", Date.UTC(1988, 5, 30, 15)],
    ["1890-01-01 00:00:00", Date.UTC(1889, 11, 31, 15, 54, 17)],
  ])("%s is %i", (sent, read) => {
    expect(readValue(date, sent)).toBe(read);
  });

  it.each([
    "2023-02-29",
    "2023-12-20 3:00",
    "2023-12-20 03:00.5",
    "2023-12-20T24:00",
    "2023-12-20 03:00 +08:00",
    "1703012400000",
    "20231220",
    " 2023-12-20",
    "2023-12-20T03:00+08:60",
    1.5,
    8.64e15 + 2,
  ])("%j is not a date", (sent) => {
    expect(refusalOf(date, [{ x: sent }])).toMatchObject({ violations: [{ rule: "date" }] });
  });
});

describe("attachments are read with their short type", () => {
  it.each([
    ["a.XLS", "application/vnd.ms-excel", "xls"],
    ["photo", "image/svg+xml; charset=utf-8", "svg"],
    [".hidden", "text/plain", "plain"],
  ])("%s of %s", (filename, type, short) => {
    const read = readValue(sheetWith("attachment"), [{ filename, size: 3, type, url: "/core/api/x", resourceId: "r" }]);
    expect(read).toEqual([{ filename, size: 3, type: short, url: "/core/api/x" }]);
  });
});

describe("a refusal names record, field and value", () => {
  it.each<[string, string, JsonValue, string]>([
    ["an object in a text", "text", { a: [1] }, `the value '{"a":[1]}' is invalid for field 'x'`],
    ["a boolean in a number", "number", true, "the value 'true' is invalid for field 'x'"],
    ["a user by another id", "user", [{ id: "u1" }], `the value '[{"id":"u1"}]' is invalid for field 'x'`],
    ["a plain rich text", "richText", "plain", "the value 'plain' is invalid for field 'x'"],
    ["an unknown option", "singleSelect", "新", "the value '新' is invalid for field 'x'"],
  ])("%s", (_name, type, value, problem) => {
    expect(refusalOf(sheetWith(type), [{}, {}, { x: value }])).toMatchObject({
      parameters: { problem },
      violations: [{ recordIndex: 2, field: "x", message: problem }],
    });
  });

  it.each<[string, JsonObject, object]>([
    [
      "an unknown field",
      { 没有: 1 },
      { field: "没有", rule: "unknown-field", message: "the field '没有' does not exist" },
    ],
    ["a field by name and by id", { x: "a", xId: "b" }, { field: "xId", rule: "unique" }],
    ["a hostile key", JSON.parse('{"__proto__":{"a":1}}') as JsonObject, { field: "__proto__", rule: "unknown-field" }],
    ["an inherited name", { constructor: 1 }, { field: "constructor", rule: "unknown-field" }],
    ["a key with U+0000", { "a\0": 1 }, { field: String.raw`a\u0000`, rule: "unknown-field" }],
  ])("%s", (_name, record, violation) => {
    expect(refusalOf(sheetWith("text"), [record])).toMatchObject({
      failure: "arguments-invalid",
      violations: [{ recordIndex: 0, ...violation }],
    });
  });

  it.each([
    "creator",
    "lastModifier",
    "createdTime",
    "lastModifiedTime",
    "formula",
    "lookup",
    "autonumber",
    "button",
    "ai",
  ])("a %s field, which is read-only", (type) => {
    const refused = refusalOf(sheetWith(type), [{ x: null }]);
    expect(refused).toMatchObject({ failure: "arguments-invalid", violations: [{ field: "x", rule: "read-only" }] });
    expect(refused?.parameters?.["problem"]).toContain("'x'");
  });

  it("names a value that nests too deeply", () => {
    const deep = JSON.parse(`${"[".repeat(5000)}1${"]".repeat(5000)}`) as JsonValue;
    const problem = `the value '${"[".repeat(1000)}…' is invalid for field 'x': it nests deeper than 1024 levels`;
    expect(refusalOf(sheetWith("text"), [{ x: deep }])).toMatchObject({
      parameters: { problem },
      violations: [{ field: "x", rule: "depth" }],
    });
  });

  it("shows no more than the beginning of a long value", () => {
    const problem = refusalOf(sheetWith("number"), [{ x: "9".repeat(100_000) }])?.parameters?.["problem"];
    expect(String(problem).length).toBeLessThan(1100);
  });
});

it("leaves the cell of a null empty, and stores no field that was not given", () => {
  expect(readValue(sheetWith("text"), null)).toBeUndefined();
});

describe("a field that holds one value", () => {
  const one = { multiple: false };
  it.each<[string, JsonValue, JsonValue]>([
    ["user", [{ unionId: "a" }], [{ unionId: "a" }, { unionId: "b" }]],
    ["department", [{ deptId: "1" }], [{ deptId: "1" }, { deptId: "2" }]],
    ["unidirectionalLink", { linkedRecordIds: ["a"] }, { linkedRecordIds: ["a", "b"] }],
    ["bidirectionalLink", { linkedRecordIds: [] }, { linkedRecordIds: ["a", "b"] }],
  ])("refuses several: %s", (type, single, several) => {
    expect(readValue(sheetWith(type, one), single)).toEqual(single);
    for (const property of [undefined, { multiple: true }])
      expect(readValue(sheetWith(type, property), several)).toEqual(several);
    expect(refusalOf(sheetWith(type, one), [{ x: single }, { x: several }])?.violations).toMatchObject([
      {
        recordIndex: 1,
        field: "x",
        rule: "multiple",
        message: expect.stringContaining("is invalid for field 'x'") as string,
      },
    ]);
  });

  it("takes all values of a type without the property", () => {
    expect(
      refusalOf(sheetWith("group", one), [{ x: [{ openConversationId: "a" }, { openConversationId: "b" }] }]),
    ).toBeUndefined();
  });
});
