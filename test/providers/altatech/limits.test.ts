import { describe, expect, it } from "vitest";
import { useAltatech } from "./altatech-service.js";
import { rows, table } from "./products-table.js";

const openService = useAltatech();

describe("the limits", () => {
  it("accept exactly 1,000 records", async () => {
    const { create, importRows } = openService();
    await create(table);
    expect(await importRows(rows(1000, "x"))).toMatchObject({ status: 200 });
  });

  it("measure the CSV form, not the JSON", async () => {
    const { create, importRows } = openService();
    await create(table);
    // Each break is one byte in CSV and two in JSON.
    const passing = [{ values: { id: "1", note: "\n".repeat(10 * 1024 * 1024 - 20) } }];
    expect(await importRows(passing)).toMatchObject({ status: 200 });
    const quoted = [{ values: { id: "1", note: '"'.repeat(5 * 1024 * 1024) } }];
    expect(await importRows(quoted)).toMatchObject({
      status: 400,
      body: { code: 40000, message: expect.stringContaining("10 MB") as unknown },
    });
  });

  it("can be configured", async () => {
    const { create, importRows } = openService({ settings: { MAX_RECORDS: 2, MAX_CSV_BYTES: 30 } });
    await create(table);
    expect(await importRows(rows(3, ""))).toMatchObject({
      body: { message: expect.stringContaining("at most 2 are") as unknown },
    });
    expect(await importRows(rows(1, "x".repeat(30)))).toMatchObject({
      body: { message: expect.stringContaining("CSV") as unknown },
    });
  });

  it("count calls per minute only when configured", async () => {
    const { create, importRows } = openService({ settings: { CALLS_PER_MINUTE: 2 } });
    await create(table);
    const codes: unknown[] = [];
    // At least one minute contains three of the calls, wherever the minutes begin.
    for (let call = 0; call < 5; call += 1) codes.push((await importRows([])).body);
    expect(codes).toContainEqual(expect.objectContaining({ code: 40008 }));
  });
});
