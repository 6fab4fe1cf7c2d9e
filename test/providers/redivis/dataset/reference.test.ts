import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeName, escapeUploadName, parseReference } from "../../../../src/providers/redivis/dataset/reference.js";

describe("a reference", () => {
  it.each([
    ["demo.my_data.a_table", {}],
    ["DEMO.my_data.a_table", {}],
    ["demo.My data.A table", {}],
    ["demo.my_data:abcd.a_table", { dataset: { name: "my_data", id: "abcd" } }],
    ["demo.my_data:next.a_table", { version: "next" }],
    [
      "demo.my_data:abcd:next.a_table:wxyz",
      { dataset: { name: "my_data", id: "abcd" }, version: "next", table: { name: "a_table", id: "wxyz" } },
    ],
    ["demo.my_data:abcd:sample:next.a_table", { dataset: { name: "my_data", id: "abcd" }, version: "next" }],
    ["demo.my_data:sample.a_table", {}],
    ["demo.my_data:v1_0.a_table", { version: "v1_0" }],
    ["demo.my_data:v1.0.a_table", { version: "v1_0" }],
    ["demo.my_data:1.0.a_table", { version: "v1_0" }],
    [
      "demo.my_data:abcd:v12.34.a_table:0000",
      { dataset: { name: "my_data", id: "abcd" }, version: "v12_34", table: { name: "a_table", id: "0000" } },
    ],
    ["demo.my_data:current.a_table", { version: "current" }],
    ["demo.my_data:latest.a_table", { version: "current" }],
    ["demo.my_data:abcd:Next.a_table", { dataset: { name: "my_data", id: "abcd" }, version: "current" }],
  ])("%s is parsed", (text, parts) => {
    expect(parseReference(text)).toEqual({
      owner: "demo",
      dataset: { name: "my_data" },
      table: { name: "a_table" },
      ...parts,
    });
  });

  it.each([
    "",
    "demo",
    "demo.my_data",
    ".my_data.a_table",
    "de mo.my_data.a_table",
    "d-e.my_data.a_table",
    "..",
    "\0.a.b",
  ])("%j is not a reference", (text) => {
    expect(parseReference(text)).toBeUndefined();
  });

  it("means the same in every spelling of its names", () => {
    const word = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom("a", "Z", "7", "_") });
    const between = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom(" ", "-", "_", "!", "ü", "/") });
    const qualifiers = fc.constantFrom("", ":abcd", ":next", ":abcd:next", ":abcd:sample:next", ":v1.0", ":abcd:1.0");
    fc.assert(
      fc.property(
        word,
        fc.array(word, { minLength: 1 }),
        between,
        qualifiers,
        fc.boolean(),
        (owner, words, gap, after, upper) => {
          const escaped = `${owner}.${words.join("_")}${after}.t:wxyz`;
          const name = words.join(gap);
          const spelled = `${upper ? owner.toUpperCase() : owner}.${upper ? name.toUpperCase() : name}${after}.T:wxyz`;
          expect(parseReference(spelled)).toEqual(parseReference(escaped));
        },
      ),
    );
  });
});

describe("a name", () => {
  it.each([
    ["My data", "my_data"],
    ["a - b__c", "a_b_c"],
    ["Zürich!", "z_rich_"],
    ["_x_", "_x_"],
    ["數據", "_"],
  ])("%s is written %s", (name, escaped) => {
    expect(escapeName(name)).toBe(escaped);
  });

  it("of an upload has its dots written as _", () => {
    expect(escapeUploadName("tiny file.v2.csv")).toBe("tiny file_v2_csv");
  });
});
