import { describe, expect, it } from "vitest";
import { embeddedColumns, renderTable, type Paint } from "../../scripts/demo/table.js";
import type { Row } from "../../scripts/demo/scenes.js";

const stored: Row = {
  provider: "shelf",
  operation: "upsertEntities",
  sent: "2 records",
  answer: "2 stored",
  code: "",
  place: "",
  resend: true,
  asDocumented: true,
};
const refused: Row = {
  provider: "shelf",
  operation: "insertRecords",
  sent: "3 records, the last faulty",
  answer: "WriteInvalidInputError",
  code: "invalidRequest.field",
  place: "record 2, 单价",
  resend: false,
  asDocumented: false,
};
const plain: Paint = (text) => text;

function widest(text: string): number {
  // Chinese characters take two cells.
  return Math.max(...text.split("\n").map((line) => line.replaceAll(/\p{Script=Han}/gu, "..").length));
}

describe("the table of the demo", () => {
  it("has one line a row where there is room", () => {
    const lines = renderTable([stored, refused], { columns: embeddedColumns, width: 200, paint: plain }).split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[2]).toMatch(/^✓ {2}shelf +upsertEntities +2 records +2 stored +yes$/);
    expect(lines[3]).toMatch(
      /^✗ {2}shelf +insertRecords +3 records, the last faulty +WriteInvalidInputError +invalidRequest\.field +record 2, 单价 +no$/,
    );
  });

  it.each([120, 100, 90, 84])("keeps within %d cells and loses nothing", (width) => {
    const table = renderTable([stored, refused], { columns: embeddedColumns, width, paint: plain });
    expect(widest(table)).toBeLessThanOrEqual(width);
    for (const part of ["faulty", "Invalid", "Error", "单价", "upsertEntities"]) expect(table).toContain(part);
  });

  it("tells row by row where it is too narrow for columns", () => {
    expect(renderTable([refused], { columns: embeddedColumns, width: 40, paint: plain }).split("\n")).toEqual([
      "✗ shelf",
      "  operation: insertRecords",
      "  sent: 3 records, the last faulty",
      "  answer: WriteInvalidInputError",
      "  code: invalidRequest.field",
      "  record, field: record 2, 单价",
      "  resend?: no",
    ]);
  });

  it("paints what matters", () => {
    const table = renderTable([stored, refused], {
      columns: embeddedColumns,
      width: 200,
      paint: (text, style) => `<${style}>${text.trim()}</${style}>`,
    });
    for (const painted of ["<good>✓</good>", "<bad>✗</bad>", "<strong>WriteInvalidInputError</strong>"])
      expect(table).toContain(painted);
  });
});
