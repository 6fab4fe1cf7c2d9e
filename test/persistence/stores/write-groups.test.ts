import { expect, it, vi } from "vitest";
import type { BatchOutcome } from "../../../src/core/collection.js";
import { StoreUnavailableError } from "../../../src/core/store.js";
import { toNewRows } from "../../../src/persistence/stores/new-rows.js";
import type { PreparedInsert } from "../../../src/persistence/stores/prepared-insert.js";
import { WriteGroups } from "../../../src/persistence/stores/write-groups.js";

function insertOf(n: number, text = ""): PreparedInsert {
  return { collection: { id: String(n), version: 1, spaceVersion: 1 }, rows: toNewRows([{ fields: { n, text } }]) };
}

/** Statements that end when the test lets them. */
function holdStatements(
  answer: (group: readonly number[]) => readonly BatchOutcome[] | Error = storesAll,
  patienceMs?: number,
) {
  const groups: number[][] = [];
  const ends: (() => void)[] = [];
  const inserts = new WriteGroups<PreparedInsert>(
    async (members) => {
      const group = members.map(({ collection }) => Number(collection.id));
      groups.push(group);
      await new Promise<void>((resolve) => ends.push(resolve));
      const answered = answer(group);
      if (answered instanceof Error) throw answered;
      return answered;
    },
    undefined,
    patienceMs,
  );
  const endAll = async (): Promise<void> => {
    for (let end = ends.shift(); end !== undefined; end = ends.shift()) {
      end();
      // More than what waits for others to arrive.
      for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { inserts, groups, endAll };
}

const storesAll = (group: readonly number[]) => group.map(() => "stored" as const);

it("an insert begins at once while no statement is under way; the others share the next", async () => {
  const { inserts, groups, endAll } = holdStatements();
  const all = [1, 2, 3, 4, 5].map((n) => inserts.write(insertOf(n)));
  expect(groups).toEqual([[1]]);
  await endAll();
  expect(groups).toEqual([[1], [2, 3, 4, 5]]);
  expect(await Promise.all(all)).toEqual(Array(5).fill("stored"));
  void inserts.write(insertOf(6));
  expect(groups.at(-1)).toEqual([6]);
  await endAll();
});

it("what arrives in the turn after a statement shares the next", async () => {
  const { inserts, groups, endAll } = holdStatements();
  const all = [1, 2].map((n) => inserts.write(insertOf(n)));
  void all[0]?.then(() => setImmediate(() => all.push(inserts.write(insertOf(3)))));
  await endAll();
  expect(groups).toEqual([[1], [2, 3]]);
  expect(await Promise.all(all)).toEqual(Array(3).fill("stored"));
});

it("what waits behind a slow statement goes beside it, in two statements at most", async () => {
  const { inserts, groups, endAll } = holdStatements(storesAll, 0);
  const begun = [1, 2, 3].map((n) => inserts.write(insertOf(n)));
  await vi.waitFor(() => expect(groups).toEqual([[1], [2, 3]]));
  begun.push(inserts.write(insertOf(4)), inserts.write(insertOf(5)));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(groups).toEqual([[1], [2, 3]]);
  await endAll();
  expect(groups).toEqual([[1], [2, 3], [4, 5]]);
  expect(await Promise.all(begun)).toEqual(Array(5).fill("stored"));
});

it("each member has an outcome of its own", async () => {
  const { inserts, endAll } = holdStatements((group) => group.map((n) => (n === 4 ? "stale" : "stored")));
  const all = Promise.all([1, 2, 3, 4, 5].map((n) => inserts.write(insertOf(n))));
  await endAll();
  expect(await all).toEqual(["stored", "stored", "stored", "stale", "stored"]);
});

it("a group has at most 128 members and 1 MB; a large insert and an empty one are alone", async () => {
  const { inserts, groups, endAll } = holdStatements();
  const small = Array.from({ length: 140 }, (_each, n) => inserts.write(insertOf(n)));
  const medium = Array.from({ length: 100 }, (_each, n) => inserts.write(insertOf(1000 + n, "x".repeat(15_000))));
  const large = inserts.write(insertOf(5000, "x".repeat(20_000)));
  const empty = inserts.write({ ...insertOf(6000), rows: toNewRows([]) });
  expect(groups).toEqual([[0], [5000], [6000]]);
  await endAll();
  await Promise.all([...small, ...medium, large, empty]);
  const shared = groups.slice(3).map((group) => group.length);
  expect(shared[0]).toBe(128);
  expect(Math.max(...shared)).toBe(128);
  expect(groups.slice(4).every((group) => group.filter((n) => n >= 1000).length <= 69)).toBe(true);
  expect(groups.flat().toSorted((a, b) => a - b)).toEqual([
    ...Array.from({ length: 140 }, (_each, n) => n),
    ...Array.from({ length: 100 }, (_each, n) => 1000 + n),
    5000,
    6000,
  ]);
});

it("an error of a value is that of its member alone: each is stored once more by itself", async () => {
  const { inserts, groups, endAll } = holdStatements((group) =>
    group.includes(4) ? new Error("invalid value") : storesAll(group),
  );
  const all = Promise.allSettled([1, 2, 3, 4, 5].map((n) => inserts.write(insertOf(n))));
  await endAll();
  await endAll();
  expect((await all).map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(groups).toEqual([[1], [2, 3, 4, 5], [2], [3], [4], [5]]);
});

it("after a lost connection no member is sent again", async () => {
  const lost = new StoreUnavailableError("the database closed the connection", "unknown");
  const { inserts, groups, endAll } = holdStatements((group) => (group.includes(4) ? lost : storesAll(group)));
  const all = Promise.allSettled([1, 2, 3, 4].map((n) => inserts.write(insertOf(n))));
  await endAll();
  expect((await all).map((each) => (each.status === "rejected" ? (each.reason as unknown) : each.value))).toEqual([
    "stored",
    lost,
    lost,
    lost,
  ]);
  expect(groups).toEqual([[1], [2, 3, 4]]);
});
