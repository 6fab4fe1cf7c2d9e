import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Claim } from "../../../src/core/claim.js";
import type { Store } from "../../../src/core/store.js";
import { createCollection, describeOnEachDatabase } from "../databases.js";

const everything = { first: 1000 };
const hour = 3_600_000;

function newClaim(details: Partial<Claim> = {}): Claim {
  return {
    scope: randomUUID(),
    key: "key",
    result: ["a", 9007199254740993n],
    expiresAt: new Date(Date.now() + hour),
    ...details,
  };
}

async function countRecords({ records }: Store, collectionId: string): Promise<number> {
  return (await records.listRecords(collectionId, everything)).items.length;
}

describeOnEachDatabase("claims", (database) => {
  it("may be taken without records, and answer a second taker until they expire", async () => {
    const { claims } = database().store;
    const claim = newClaim();
    const rivals = Array.from({ length: 8 }, (_, writer) => ({ ...claim, result: writer }));
    const taken = await Promise.all(rivals.map((rival) => claims.takeClaim(rival)));
    const results = new Set(taken.map(({ result }) => result));
    expect(results.size).toBe(1);
    expect(await claims.findClaim(claim.scope, claim.key)).toMatchObject({ result: [...results][0] });
    const expired = newClaim({ expiresAt: new Date(Date.now() - 1) });
    await claims.takeClaim(expired);
    const next = { ...expired, result: "next", expiresAt: claim.expiresAt };
    expect(await claims.takeClaim(next)).toEqual(next);
  });

  it.each(["insert", "upsert"] as const)(
    "let one %s store records and answer a later one as claimed",
    async (operation) => {
      const { records, claims } = database().store;
      const collection = await createCollection(database().store);
      const claim = newClaim({ contentHash: "hash" });
      const batch = { collection, records: [{ key: "1", fields: {} }], claim };
      await expect(records[operation](batch)).resolves.toBe("stored");
      await expect(records[operation]({ ...batch, records: [{ key: "2", fields: {} }] })).resolves.toBe("claimed");
      await expect(records[operation]({ ...batch, claim: newClaim() })).resolves.toBe("stored");
      expect(await claims.findClaim(claim.scope, claim.key)).toEqual(claim);
      expect(await claims.findClaim(claim.scope, "other")).toBeUndefined();
      expect((await records.listRecords(collection.id, everything)).items.map((record) => record.key)).not.toContain(
        "2",
      );
    },
  );

  it("let one of eight concurrent inserts store its record", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    for (let round = 1; round <= 5; round++) {
      const claim = newClaim();
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, writer) =>
          records.insert({ collection, records: [{ fields: { writer } }], claim }),
        ),
      );
      expect(outcomes.toSorted()).toEqual([...Array<string>(7).fill("claimed"), "stored"]);
      expect(await countRecords(database().store, collection.id)).toBe(round);
    }
  });

  it("are not taken by a write that fails or finds no collection", async () => {
    const { records, claims } = database().store;
    const collection = await createCollection(database().store);
    const claim = newClaim();
    // PostgreSQL refuses U+0000.
    await expect(records.insert({ collection, records: [{ key: "\0", fields: {} }], claim })).rejects.toThrow();
    await expect(
      records.insert({ collection: { ...collection, version: 2 }, records: [{ fields: {} }], claim }),
    ).resolves.toBe("stale");
    expect(await claims.findClaim(claim.scope, claim.key)).toBeUndefined();
    await expect(records.insert({ collection, records: [{ fields: {} }], claim })).resolves.toBe("stored");
  });

  it("are free again when they have expired", async () => {
    const { records, claims } = database().store;
    const collection = await createCollection(database().store);
    const expired = newClaim({ expiresAt: new Date(Date.now() - 1000) });
    await expect(records.insert({ collection, records: [{ fields: {} }], claim: expired })).resolves.toBe("stored");
    expect(await claims.findClaim(expired.scope, expired.key)).toBeUndefined();
    const next = newClaim({ scope: expired.scope, result: "next" });
    await expect(records.insert({ collection, records: [{ fields: {} }], claim: next })).resolves.toBe("stored");
    await expect(records.insert({ collection, records: [{ fields: {} }], claim: next })).resolves.toBe("claimed");
    expect(await claims.findClaim(next.scope, next.key)).toEqual(next);
    expect(await countRecords(database().store, collection.id)).toBe(2);
  });
});
