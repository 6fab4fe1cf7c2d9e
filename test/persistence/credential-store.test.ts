import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { describeOnEachDatabase } from "./databases.js";

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

  it("of no provider are good for every one, unless it has the secret itself", async () => {
    const { credentials } = database().store;
    const [provider, secret] = [randomUUID(), `${randomUUID()}\0\ud800`];
    await credentials.saveCredential({ caller: all, secret });
    expect(await credentials.findCaller(provider, secret, now)).toEqual(all);
    await credentials.saveCredential({ provider, caller: some, secret });
    expect(await credentials.findCaller(provider, secret, now)).toEqual(some);
    expect(await credentials.findCaller("another", secret, now)).toEqual(all);
  });
});
