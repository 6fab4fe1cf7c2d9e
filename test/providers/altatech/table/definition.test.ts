import { describe, expect, it } from "vitest";
import { altatech } from "../../../../src/providers/altatech/index.js";
import { tableId } from "../altatech-service.js";

describe("a table's definition", () => {
  it("is generated for absent members", () => {
    const ids = { uuid: () => "", hex: (length: number) => "a".repeat(length), alphanumeric: () => "" };
    const { collections } = altatech;
    const made = collections.toCollection(
      collections.definition.parse({ name: "t", fields: [{ name: "a", type: "TEXT" }] }),
      ids,
    );
    expect(made).toMatchObject({
      name: "a".repeat(24),
      space: { name: "default" },
      definition: { fields: [{ required: false, unique: false }] },
    });
  });

  it("refuses a field name that is given twice", () => {
    const { collections } = altatech;
    const field = { name: "a", type: "TEXT" };
    expect(() =>
      collections.toCollection(collections.definition.parse({ name: "t", fields: [field, field] }), {
        uuid: () => "",
        hex: () => tableId,
        alphanumeric: () => "",
      }),
    ).toThrow("a is given twice");
  });
});
