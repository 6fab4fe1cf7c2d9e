import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import type { Store } from "../../../src/core/store.js";
import { allVariables, defineUpload, failure, memberOf, useRedivis } from "./redivis-service.js";
import { accepted } from "./values/value-arbitraries.js";

const openService = useRedivis();

describe("rows", () => {
  it("are read back as sent, every type and every digit", async () => {
    const service = openService();
    const upload = await service.create(defineUpload());
    const row = fc.record(
      Object.fromEntries(
        allVariables.map(({ name }) => [name, fc.option(accepted[name as keyof typeof accepted], { nil: undefined })]),
      ),
      { requiredKeys: [] },
    );
    const rows = fc.sample(row, 2000);
    const pick = (member: "sent" | "read") =>
      rows.map((values) =>
        Object.fromEntries(allVariables.map(({ name }): [string, JsonValue] => [name, values[name]?.[member] ?? null])),
      );
    expect(await service.insert(pick("sent"))).toMatchObject({ status: 201, body: { rowsAdded: 2000 } });
    expect(await service.storedFields(upload)).toEqual(pick("read"));
  });

  it("may be none, or 60,000", async () => {
    const service = openService();
    await service.create(defineUpload());
    expect((await service.insert([])).body).toEqual({ kind: "insertRowsResponse", rowsAdded: 0 });
    expect((await service.insert(Array.from({ length: 60_000 }, () => ({ integer: 1 })))).body).toEqual({
      kind: "insertRowsResponse",
      rowsAdded: 60_000,
    });
  });

  it("are refused for names and values that cannot be stored", async () => {
    const service = openService();
    await service.create(defineUpload());
    const deep = JSON.parse("[".repeat(100_000) + "]".repeat(100_000)) as JsonValue;
    const bad: readonly JsonObject[] = [
      { string: "a\0" },
      { string: "\udfff" },
      { string: deep },
      { "\0\ud800": 1 },
      { geography: "\0" },
      JSON.parse('{"__proto__":1}') as JsonObject,
      { constructor: 1 },
    ];
    for (const row of bad)
      expect(await service.insert([row])).toMatchObject({
        status: 400,
        violations: [{ recordIndex: 0, field: expect.any(String) as unknown }],
      });
  });

  it("that are bad are skipped when the upload allows it, and the first five are named", async () => {
    const service = openService();
    const upload = await service.create(defineUpload({ upload: { skipBadRecords: true } }));
    const bad = Array.from({ length: 7 }, () => ({ ["x".repeat(100)]: "é".repeat(10_000) }));
    const {
      status,
      body,
      violations = [],
    } = await service.insert([{ integer: 1 }, ...bad, { integer: "2" }, { integer: 3 }]);
    expect([status, body]).toEqual([201, { kind: "insertRowsResponse", rowsAdded: 2 }]);
    expect(violations.map(({ recordIndex }) => recordIndex)).toEqual([1, 2, 3, 4, 5]);
    expect((await service.storedFields(upload)).map(({ integer }) => integer)).toEqual([1, 3]);
    expect(await service.insert([{ nope: 1 }])).toMatchObject({ status: 201, body: { rowsAdded: 0 } });
    expect(await service.insert([{ integer: 1 }, 7])).toMatchObject({ status: 400 });
  });

  it("are checked again when the upload has changed, and refused when it changes every time", async () => {
    let times = 1;
    const standIns = (store: Store): Partial<Store> => ({
      records: new Proxy(store.records, {
        get: (target, name) =>
          name === "insert" && times-- > 0 ? () => Promise.resolve("stale") : memberOf(target, name),
      }),
    });
    const service = openService({ standIns });
    await service.create(defineUpload());
    expect(await service.insert([{ integer: 1 }])).toMatchObject({ status: 201 });
    // The first attempt rests on what the service remembers of the insert before.
    times = 3;
    expect(await service.insert([{ integer: 1 }])).toMatchObject(failure(503, "unavailable"));
  });
});
