import { describe, expect, test } from "vitest";
import { columnNames } from "./columns.js";
import { restTable } from "./rest-table.js";
import { endpoints, judgeRestCell } from "./rest-matrix.js";
import { useWorld } from "./world.js";

describe("every endpoint of every contract", () => {
  const world = useWorld();

  test.each(endpoints.map((endpoint) => ({ ...endpoint, name: endpoint.contract.name })))(
    "shows $provider $name to those credentials alone that have the right",
    async (endpoint) => {
      const found: Record<string, readonly string[]> = {};
      for (const column of columnNames) {
        const problems = await judgeRestCell(world(), endpoint, column);
        if (problems.length > 0) found[column] = problems;
      }
      expect(found).toEqual({});
    },
  );

  test("is in the table, and nothing else is", () => {
    const listed = Object.entries(restTable).flatMap(([provider, rows]) =>
      Object.keys(rows).map((name) => `${provider} ${name}`),
    );
    expect(listed.sort()).toEqual(endpoints.map(({ provider, contract }) => `${provider} ${contract.name}`).sort());
  });
});

describe("while authorization is off", () => {
  const world = useWorld({ environment: { AUTHORIZATION: "off" } });

  test.each(endpoints.map((endpoint) => ({ ...endpoint, name: endpoint.contract.name })))(
    "$provider $name answers any credential",
    async (endpoint) => {
      const given = { secret: "any:thing", outcome: "granted" } as const;
      expect(await judgeRestCell(world(), endpoint, "an unknown key", given)).toEqual([]);
    },
  );
});
