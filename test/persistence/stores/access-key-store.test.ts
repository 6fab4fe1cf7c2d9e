import { expect, it } from "vitest";
import { describeOnEachDatabase } from "../databases.js";

describeOnEachDatabase("the first key", (database) => {
  it("is made by one of many that ask for it at once, and never again", async () => {
    const { keys } = database().store;
    const ask = (number: number) =>
      keys.createFirstKey({ name: `key ${number}`, secret: `secret ${number}`, scopes: [] });
    const made = (await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(ask))).filter((key) => key !== undefined);
    expect(made).toHaveLength(1);
    expect(await keys.listKeys()).toEqual(made);
    await keys.revokeKey(made[0]?.id ?? "");
    await expect(ask(9)).resolves.toBeUndefined();
  });
});
