import { describe, expect, test } from "vitest";
import { z } from "zod";
import { listOf } from "../../../src/contract/schema/list-of.js";

const list = listOf(z.object({ name: z.string(), size: z.number().default(1) }), { min: 1 });

describe("a list", () => {
  test("is read element by element", () => {
    expect(list.parse([{ name: "a" }, { name: "b", size: 2, more: true }])).toEqual([
      { name: "a", size: 1 },
      { name: "b", size: 2 },
    ]);
  });

  test.each([
    ["x", [], "must be an array"],
    [[], [], "must not be empty"],
    [[{ name: "a" }, { name: 1 }], [1, "name"], /expected string/],
    [[null], [0], /expected object/],
  ])("that is %j is refused at %j", (value, path, message) => {
    const issues = list.safeParse(value).error?.issues ?? [];
    expect(issues).toHaveLength(1);
    expect(issues[0]?.path).toEqual(path);
    expect(issues[0]?.message).toMatch(message);
  });

  test("of a million wrong elements costs what one costs", () => {
    const before = process.memoryUsage().heapUsed;
    const { error } = z.object({ list }).safeParse({ list: new Array(1_000_000).fill(1) });
    expect(error?.issues.map(({ path }) => path)).toEqual([["list", 0]]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
  });

  test("is told as an array of its elements", () => {
    expect(z.toJSONSchema(z.object({ list }), { io: "input", unrepresentable: "any" })).toMatchObject({
      properties: { list: { type: "array", items: { properties: { name: { type: "string" } } } } },
    });
  });
});
