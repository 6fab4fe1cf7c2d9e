import { types } from "@electric-sql/pglite";
import { expect, it, onTestFinished } from "vitest";
import { createPglite } from "../../../src/persistence/pglite/pglite.js";

// PGlite copies the parsers for each statement of Prisma: 300 of them cost more than the statement.
it("a database has parsers for single values only", async () => {
  const database = await createPglite();
  onTestFinished(() => database.close());
  expect(new Set(Object.keys(database.parsers))).toEqual(new Set(Object.keys(types.parsers)));
  const { rows } = await database.query("SELECT 7 AS whole, true AS flag, '{1,2}'::int[] AS list");
  expect(rows).toEqual([{ whole: 7, flag: true, list: "{1,2}" }]);
});
