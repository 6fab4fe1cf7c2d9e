import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { isPageKey } from "../../../src/core/page.js";
import { PageKeys } from "../../../src/persistence/reading/page-keys.js";
import { createCollection, describeOnEachDatabase } from "../databases.js";
import { everywhere } from "../../service/visible.js";

const secret = randomBytes(16);
const keys = new PageKeys(secret);

test("a key leads back to its number, in every process that has the secret", () => {
  const other = new PageKeys(secret);
  for (const number of [0n, 1n, 255n, 2n ** 53n + 1n, 2n ** 63n - 1n]) {
    const key = keys.write("records", number);
    expect(isPageKey(key)).toBe(true);
    expect(other.read("records", key, -1n)).toBe(number);
  }
  expect(keys.read("records", undefined, -1n)).toBe(-1n);
});

test("a key of another list or secret, a number and a guess lead nowhere", () => {
  const key = keys.write("records", 7n);
  expect(keys.read("tasks", key, 0n)).toBeUndefined();
  expect(new PageKeys(randomBytes(16)).read("records", key, 0n)).toBeUndefined();
  for (const guess of ["", "7", "x".repeat(22), `${key}A`, key.slice(1)])
    expect(keys.read("records", guess, 0n)).toBeUndefined();
});

test("keys of neighbours have nothing in common", () => {
  const texts = Array.from({ length: 200 }, (_item, index) => keys.write("records", BigInt(index)));
  const starts = new Set(texts.map((text) => text.slice(0, 5)));
  expect(starts.size).toBe(200);
  expect(texts.toSorted()).not.toEqual(texts);
});

describeOnEachDatabase("keys of pages", (database) => {
  test("do not show the numbers of rows, and the next page follows", async () => {
    const { store } = database();
    const collection = await createCollection(store);
    await store.records.insert({ collection, records: [{ fields: { n: 1 } }, { fields: { n: 2 } }] });
    const [page] = await store.records.recordPages(everywhere, [{ ownerId: collection.id, first: 1 }]);
    const [key = ""] = page?.keys ?? [];
    const [record] = page?.items ?? [];
    const number = Buffer.alloc(8);
    number.writeBigUInt64BE(record?.number ?? 0n);
    expect(Buffer.from(key, "base64url").toString("latin1")).not.toContain(number.subarray(4).toString("latin1"));
    expect(Buffer.from(key, "base64url").readBigUInt64BE()).not.toBe(record?.number);
    const next = await store.records.listRecords(collection.id, { first: 5, after: key });
    expect(next.items.map(({ fields }) => fields)).toEqual([{ n: 2 }]);
  });
});
