import { describe, expect, test } from "vitest";
import { columnNames } from "./columns.js";
import { cells, fieldNames, judgeGraphqlCell, unselectedFields } from "./graphql-matrix.js";
import { graphqlTable } from "./graphql-table.js";
import { useWorld } from "./world.js";

describe("every field and every entity of the schema", () => {
  const world = useWorld();

  test.each(cells)("shows $name, $provider, to those credentials alone that have the right", async (cell) => {
    const found: Record<string, readonly string[]> = {};
    for (const column of columnNames) {
      const problems = await judgeGraphqlCell(world(), cell, column);
      if (problems.length > 0) found[column] = problems;
    }
    expect(found).toEqual({});
  });

  test("is in the table, and nothing else is", () => {
    expect(Object.keys(graphqlTable).sort()).toEqual([...fieldNames].sort());
  });

  test("of stored data is selected by a call of the table", () => {
    expect(unselectedFields()).toEqual([]);
  });
});

describe("while authorization is off", () => {
  const world = useWorld({ environment: { AUTHORIZATION: "off" } });

  test.each(cells)("$name, $provider, answers without a credential", async (cell) => {
    expect(await judgeGraphqlCell(world(), cell, "no credential", { outcome: "granted" })).toEqual([]);
  });
});
