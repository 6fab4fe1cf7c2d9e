import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Connection } from "../../../src/persistence/connection/connection.js";
import { openOn } from "../../../src/persistence/database.js";
import { connectPglite } from "../../../src/persistence/pglite/pglite-connection.js";
import { createPglite } from "../../../src/persistence/pglite/pglite.js";
import { connectPostgres } from "../../../src/persistence/connection/postgres-connection.js";
import { createServerDatabase, describeOnEachDatabase, parts, server, serverUrl, silentLog } from "../databases.js";

const now = new Date("2030-01-01T00:00:00Z");
const all = { principal: "a", scopes: "all", grants: "all" } as const;
const some = { principal: "b", scopes: ["write"], grants: [] } as const;

describeOnEachDatabase("credentials", (database) => {
  it("answer their caller until they expire", async () => {
    const { credentials } = database().store;
    const provider = randomUUID();
    await credentials.saveCredential({ provider, caller: all, secret: "1" });
    await credentials.saveCredential({ provider, caller: some, secret: "2", expiresAt: new Date(now.getTime() + 1) });
    await credentials.saveCredential({ provider, caller: some, secret: "3", expiresAt: now });
    const find = (secret: string) => credentials.findCaller(provider, secret, now);
    expect(await Promise.all(["1", "2", "3", "4"].map(find))).toEqual([all, some, undefined, undefined]);
    expect(await credentials.findCaller("other", "1", now)).toBeUndefined();
    await credentials.saveCredential({ provider, caller: some, secret: "1" });
    expect(await find("1")).toEqual(some);
  });

  it("without a provider are valid for every provider that does not have the secret itself", async () => {
    const { credentials } = database().store;
    const [provider, secret] = [randomUUID(), randomUUID()];
    await credentials.saveCredential({ caller: all, secret });
    expect(await credentials.findCaller(provider, secret, now)).toEqual(all);
    await credentials.saveCredential({ provider, caller: some, secret });
    expect(await credentials.findCaller(provider, secret, now)).toEqual(some);
    expect(await credentials.findCaller("another", secret, now)).toEqual(all);
  });
});

describe("a new password whose old one cannot be removed is not saved", () => {
  async function expectOld(connection: Connection): Promise<void> {
    const database = await openOn(connection, parts);
    const { credentials } = database.store;
    await credentials.saveCredential({ provider: "p", caller: all, secret: "old", replacesOlder: true });
    await connection.executeSql(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
      CREATE TRIGGER refuse BEFORE DELETE ON public.credential EXECUTE FUNCTION refuse()`);
    await expect(
      credentials.saveCredential({ provider: "p", caller: all, secret: "new", replacesOlder: true }),
    ).rejects.toThrow();
    const found = (secret: string) => credentials.findCaller("p", secret, now);
    expect([await found("old"), await found("new")]).toEqual([all, undefined]);
    await connection.executeSql("DROP TRIGGER refuse ON public.credential");
    await credentials.saveCredential({ provider: "p", caller: all, secret: "new", replacesOlder: true });
    expect([await found("old"), await found("new")]).toEqual([undefined, all]);
    await database.close();
  }

  it("embedded", async () => {
    await expectOld(connectPglite(await createPglite(), { description: "test" }));
  });

  it.skipIf(serverUrl === undefined)("on a server", async () => {
    const { url, drop } = await createServerDatabase();
    await expectOld(await connectPostgres(url, server, silentLog));
    await drop();
  });
});
