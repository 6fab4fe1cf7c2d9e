import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/json/parse.js";
import { roundedIn } from "../../src/json/rounded.js";
import { isJsonArray, type JsonObject } from "../../src/json/value.js";
import type { WriteCommand } from "../../src/core/write.js";
import { createFakeWorld, type FakeWorld } from "./fake-world.js";
import { insertInto } from "./insert-into.js";

describe("records", () => {
  const literal = async (
    record: string,
  ): Promise<{ world: FakeWorld; errors: unknown; records: WriteCommand["records"] }> => {
    const world = await createFakeWorld();
    const { errors } = await world.execute({
      query: `mutation { insertRecords(input: { target: { shelf: { shelf: "books" } }, records: [${record}] }) { __typename } }`,
    });
    return { world, errors, records: world.commands[0]?.records ?? [] };
  };

  it("written in an operation keep every digit, and __proto__ is a plain key", async () => {
    const { records, errors } = await literal(
      `{ big: 9223372036854775807, small: -1, half: 0.5, __proto__: { polluted: true }, list: [null, true, "x"], deep: { a: [1e3] } }`,
    );
    expect(errors).toBeUndefined();
    const [record] = records;
    expect(record).toMatchObject({
      big: 9223372036854775807n,
      small: -1,
      half: 0.5,
      list: [null, true, "x"],
      deep: { a: [1000] },
    });
    expect(Object.keys(record ?? {})).toContain("__proto__");
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect({}).not.toHaveProperty("polluted");
  });

  it("written in an operation or in variables are judged by their digits", async () => {
    const inOperation = await literal(
      `{ whole: 9007199254740993.0, list: [1, 1.0000000000000000001], near: 0.99999999999999999999 }`,
    );
    const world = await createFakeWorld();
    const sent = parseJson(
      '[{"whole":9007199254740993.0,"list":[1,1.0000000000000000001],"near":0.99999999999999999999}]',
    );
    if (!isJsonArray(sent)) throw new Error("the records are no list");
    await insertInto(world, sent);
    for (const [record] of [inOperation.records, world.commands[0]?.records ?? []]) {
      expect(record).toEqual({ whole: 9007199254740993n, list: [1, 1], near: 1 });
      expect(roundedIn(record ?? {})).toEqual(new Map([["near", "0.99999999999999999999"]]));
      expect(roundedIn(Object(record?.["list"]) as object)).toEqual(new Map([[1, "1.0000000000000000001"]]));
    }
  });

  it.each([
    ["{ a: NaN }", "NaN is not a JSON value"],
    ["{ a: Infinity }", "Infinity is not a JSON value"],
    ["{ a: 1e400 }", "1e400 is out of range"],
    [`{ a: ${"9".repeat(400)} }`, "is out of range"],
    ["{ a: 1, a: 2 }", 'only one input field named "a"'],
    ["3", "a JSON object is expected, not a number"],
    ["[1]", "a JSON object is expected, not a list"],
    ["null", "null"],
    [`{ a: ${"[".repeat(100_000)}${"]".repeat(100_000)} }`, "nested deeper than 200 levels"],
  ])("written in an operation refuse %.20s", async (record, message) => {
    const { errors, world } = await literal(record);
    const code = message.includes("levels") ? "GRAPHQL_PARSE_FAILED" : "GRAPHQL_VALIDATION_FAILED";
    expect(errors).toMatchObject([{ message: expect.stringContaining(message) as string, extensions: { code } }]);
    expect(world.commands).toEqual([]);
  });

  it("can hold variables", async () => {
    const world = await createFakeWorld();
    const query = `mutation ($title: String, $gone: String) { insertRecords(input: { target: { shelf: { shelf: "books" } }, records: [{ title: $title, gone: $gone, list: [$gone] }] }) { __typename } }`;
    await world.execute({ query, variables: { title: "Emma" } });
    expect(world.commands[0]?.records).toEqual([{ title: "Emma", list: [null] }]);
  });

  it("in variables must be objects", async () => {
    const { errors } = await insertInto(await createFakeWorld(), [{}, "x".repeat(1_000_000)]);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    expect(errors?.[0]?.message).toContain("a JSON object is expected, not a string");
    expect(errors?.[0]?.message.length).toBeLessThan(1100);
  });

  it("nested 100,000 levels deep reach the provider whole: its contract says how deep is too deep", async () => {
    let far: JsonObject = {};
    for (let level = 1; level < 100_000; level++) far = { v: far };
    const world = await createFakeWorld();
    expect((await insertInto(world, [{ far }])).result).toMatchObject({ insertedCount: 1 });
    expect(world.commands[0]?.records[0]?.["far"]).toBe(far);
  });
});
