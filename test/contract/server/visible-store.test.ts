import { allOf } from "../../service/visible.js";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLookUpMemory } from "../../../src/contract/remembered-look-ups.js";
import { VisibleStore } from "../../../src/contract/server/visible-store.js";
import type { SpaceFilter } from "../../../src/core/access/visibility.js";
import type { Collection } from "../../../src/core/collection.js";
import type { Database } from "../../../src/persistence/database.js";
import { openMemory } from "../../persistence/databases.js";

const page = { first: 5 };
const expiresAt = new Date("2999-01-01");
const space = { name: "shared", definition: { owner: "me" } };
const caller = { principal: "p", scopes: "all", grants: "all" } as const;

let database: Database;
beforeAll(async () => {
  database = await openMemory();
});
afterAll(() => database.close());

function storeOf(provider: string, spaces: SpaceFilter = "all", memory = createLookUpMemory()): VisibleStore {
  return new VisibleStore(database.store, { provider, spaces }, memory);
}

async function createCollection(provider: string): Promise<Collection> {
  const wanted = { space, name: randomUUID(), definition: {} };
  const { collection } = await storeOf(provider).collections.createCollection(wanted);
  if (collection === undefined) throw new Error("the store created no collection");
  return collection;
}

test("finds collections and spaces of its own and no others", async () => {
  const own = await createCollection("own");
  const other = await createCollection("other");
  const { collections } = storeOf("own");
  expect(own.provider).toBe("own");
  expect(await collections.findByName(own.name)).toEqual(own);
  expect(await collections.findByName(other.name)).toBeUndefined();
  expect(await collections.locate(space.name, own.name)).toMatchObject({ space: { provider: "own" }, collection: own });
  expect(await collections.locate(space.name, other.name)).not.toHaveProperty("collection");
  expect(await collections.collectionsById([other.id, own.id])).toEqual([undefined, own]);
  expect(await collections.listCollections({ space: space.name }, page)).toMatchObject({ items: [own] });
  expect(await collections.findSpace({ owner: "me" })).toMatchObject({ provider: "own" });
  expect(await collections.anySpaceHas(["owner"])).toBe(true);
  expect(await storeOf("another").collections.findSpace({ owner: "me" })).toBeUndefined();
  expect(await storeOf("another").collections.anySpaceHas(["owner"])).toBe(false);
});

test("refuses to touch a collection of another provider, which stays as it is", async () => {
  const other = await createCollection("other");
  const records = [{ key: "k", fields: { n: 1 } }];
  await storeOf("other").records.insert({ collection: other, records });
  const store = storeOf("own");
  const touches = [
    () => store.collections.changeDefinition(other, { changed: true }),
    () => store.collections.deleteCollection(other),
    () => store.records.insert({ collection: other, records }),
    () => store.records.upsert({ collection: other, records }),
    () => store.records.deleteByKey(other, ["k"]),
    () => store.records.recordsByKey(other, ["k"]),
    () => store.records.listRecords(other, page),
    () => store.records.countRecords([other]),
    () => store.tasks.enqueue({ id: randomUUID(), collection: other, payload: [], totalCount: 0 }),
  ];
  for (const touch of touches) await expect(touch()).rejects.toThrow(`uses ${other.id}, which belongs to other`);
  expect(await storeOf("other").records.listRecords(other, page)).toMatchObject({ items: [{ fields: { n: 1 } }] });
  expect(await storeOf("other").collections.findByName(other.name)).toEqual(other);
  expect(await database.store.tasks.listTasks({ visible: allOf("own", "other") }, page)).toMatchObject({ items: [] });
});

test("knows tasks of its own and no others", async () => {
  const [id, other] = [randomUUID(), await createCollection("other")];
  const task = { id, collection: other, payload: [], totalCount: 0 };
  expect(await storeOf("other").tasks.enqueue(task)).toBe("stored");
  const [found] = await storeOf("other").tasks.tasksById([id]);
  if (found === undefined) throw new Error("the task is not there");
  const { tasks } = storeOf("own");
  expect(await tasks.tasksById([id])).toEqual([undefined]);
  await expect(tasks.failurePages([{ task: found, ...page }])).rejects.toThrow(`uses ${id}, which belongs to other`);
  expect(await storeOf("other").tasks.failurePages([{ task: found, ...page }])).toMatchObject([{ items: [] }]);
});

test("counts numbers of its own, kept under its name", async () => {
  expect(await storeOf("own").records.reserveNumbers("n", 5, 1n)).toBe(1n);
  expect(await storeOf("other").records.reserveNumbers("n", 1, 1n)).toBe(1n);
  expect(await storeOf("own").records.reserveNumbers("n", 1, 1n)).toBe(6n);
  expect(await database.store.records.reserveNumbers("own.n", 1, 1n)).toBe(7n);
});

test("takes claims of its own, alone or with records, kept under its name", async () => {
  const claim = { scope: "s", key: randomUUID(), result: 1, expiresAt };
  expect(await storeOf("own").claims.takeClaim(claim)).toEqual(claim);
  expect(await storeOf("other").claims.findClaim("s", claim.key)).toBeUndefined();
  expect(await storeOf("other").claims.takeClaim({ ...claim, result: 2 })).toMatchObject({ scope: "s", result: 2 });
  expect(await storeOf("own").claims.findClaim("s", claim.key)).toEqual(claim);
  expect(await database.store.claims.findClaim("own.s", claim.key)).toMatchObject({ result: 1 });
  const [collection, key] = [await createCollection("own"), randomUUID()];
  const write = () => storeOf("own").records.insert({ collection, records: [], claim: { ...claim, key } });
  expect([await write(), await write()]).toEqual(["stored", "claimed"]);
  expect(await storeOf("own").claims.findClaim("s", key)).toMatchObject({ key });
  expect(await storeOf("other").claims.findClaim("s", key)).toBeUndefined();
});

test("saves credentials that are good for itself alone", async () => {
  const [secret, now] = [randomUUID(), new Date()];
  await storeOf("own").credentials.saveCredential({ caller, secret });
  expect(await storeOf("own").credentials.findCaller(secret, now)).toEqual(caller);
  expect(await storeOf("other").credentials.findCaller(secret, now)).toBeUndefined();
});

test("remembers look-ups for the callers that see the space, and for no others", async () => {
  const collection = await createCollection("own");
  const memory = createLookUpMemory();
  const lookUp = async (spaces: SpaceFilter) => {
    const lookUps = storeOf("own", spaces, memory).remembered.fromMemory();
    const found = await lookUps.locate(space.name, collection.name);
    return [found.collection?.id, lookUps.usesMemory];
  };
  const member = [{ member: "owner", value: "me" }] as const;
  expect(await lookUp(member)).toEqual([undefined, false]);
  expect(await lookUp([{ name: "another" }])).toEqual([undefined, false]);
  expect(await lookUp([{ name: space.name }])).toEqual([collection.id, false]);
  expect(await lookUp("all")).toEqual([collection.id, true]);
  expect(await lookUp([{ namePrefix: "sha" }])).toEqual([collection.id, true]);
  expect(await lookUp(member)).toEqual([undefined, false]);
  expect(await lookUp([{ name: "another" }])).toEqual([undefined, false]);
});
