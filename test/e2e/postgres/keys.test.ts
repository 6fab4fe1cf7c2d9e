import { expect, test } from "vitest";
import { idIn, secretIn, statusOf } from "../key-output.js";
import { runProgram, startProgram } from "../program.js";
import { withDatabase } from "./database.js";

test("a key that is made and revoked beside two replicas opens and closes both", async () => {
  await withDatabase(async (databaseUrl) => {
    const environment = { DATABASE_URL: databaseUrl, AUTHORIZATION: "on" };
    const keys = (...words: readonly string[]) => runProgram(environment, { words: ["keys", ...words] });
    // Before the first start: the command makes the tables.
    const created = await keys("create", "first", "--all", "--first");
    expect(created.code).toBe(0);
    const secret = secretIn(created.output);
    const replicas = [await startProgram(environment), await startProgram(environment)];
    try {
      const statuses = (key?: string) => Promise.all(replicas.map(({ url }) => statusOf(url, key)));
      expect(await statuses(secret)).toEqual([200, 200]);
      expect(await statuses()).toEqual([401, 401]);
      expect(await keys("create", "second", "--all", "--first")).toEqual({
        code: 0,
        output: "There is a key already.",
      });
      expect((await keys("revoke", idIn(created.output))).code).toBe(0);
      await expect.poll(() => statuses(secret)).toEqual([401, 401]);
      expect((await keys("list")).output).toMatch(/^\S+ {2}revoked \S+ {2}first {2}everything embedded$/);
    } finally {
      for (const { stop } of replicas) await stop("SIGTERM");
    }
  });
});
