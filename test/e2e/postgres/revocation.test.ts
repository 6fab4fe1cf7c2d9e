import { expect, test } from "vitest";
import { assembleApp } from "../../../src/app.js";
import { createAccessKeys } from "../../../src/application/access/access-keys.js";
import { withDatabase } from "./database.js";

/** The time of two programs, which the test moves. */
function createClock() {
  let now = Date.now();
  return {
    now: () => new Date(now),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test("a key that one replica revokes is refused by the others within 5 seconds, on every face", async () => {
  await withDatabase(async (databaseUrl) => {
    const clock = createClock();
    const environment = { DATABASE_URL: databaseUrl, AUTHORIZATION: "on", PORT: "0", LOG_LEVEL: "silent" };
    const [one, other] = [await assembleApp({ environment, clock }), await assembleApp({ environment, clock })];
    try {
      const keys = createAccessKeys({ store: one.store.keys, providers: ["milvus"], clock });
      const made = await keys.create({ name: "replica", scopes: ["provider=milvus"], expires: "1h" });
      const authorization = `Bearer ${made?.secret ?? ""}`;
      const { url } = await other.app.listen();
      const statuses = async () => {
        const graphql = await fetch(`${url}/graphql`, {
          method: "POST",
          headers: { authorization, "content-type": "application/json" },
          body: JSON.stringify({ query: "{ recordProviders { id } }" }),
        });
        const face = await fetch(`${url}/v1/vector/collections`, { headers: { authorization } });
        return [graphql.status, face.status];
      };
      expect(await statuses()).toEqual([200, 200]);
      expect(await keys.revoke(made?.key.id ?? "")).toBe(true);
      clock.pass(5000);
      expect(await statuses()).toEqual([401, 401]);
    } finally {
      await Promise.all([one.app.close(), other.app.close()]);
    }
  });
});
