import { randomUUID } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { createKeySecret } from "../../src/application/access/key-secret.js";
import { unlimitedCaller } from "../../src/contract/credentials.js";
import { programScope, systemRequest } from "../../src/core/request-scope.js";
import type { Collection } from "../../src/core/collection.js";
import * as registry from "../../src/providers/registry.js";
import type { TestAppOptions } from "../../src/test-app.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { everywhere } from "../service/visible.js";
import { scopesOf, type CellScope, type ColumnName } from "./columns.js";
import { hexOf, places, words, type Place, type ProviderPlaces } from "./places.js";

/** A place with the ids of its collection, of a record, and of an import where the provider has imports. */
export interface LivePlace extends Place {
  readonly provider: string;
  readonly collectionId: string;
  readonly recordId: string;
  readonly recordKey: string;
  readonly taskId: string;
  readonly clientToken: string;
}

/** A program with two spaces of each provider, `theirs` and `own`, each with a collection and a record. */
export interface World {
  readonly app: OpenTestApp;
  readonly theirs: (provider: string) => Promise<LivePlace>;
  readonly absent: (provider: string) => LivePlace;
  /** The credential of a column; undefined for none. */
  readonly secretOf: (column: ColumnName, cell: CellScope) => Promise<string | undefined>;
  /** Calls, and tells whether what is stored in the place has changed; then the next cell restores it. */
  readonly watch: <Reply>(place: LivePlace, call: () => Promise<Reply>) => Promise<Watched<Reply>>;
}

export interface Watched<Reply> {
  readonly reply: Reply;
  readonly changed: boolean;
}

const providerIds = Object.keys(registry);

export function placesOf(provider: string): ProviderPlaces {
  const found = places[provider];
  if (found === undefined) throw new Error(`the provider ${provider} has no entry in test/authorization/places.ts`);
  return found;
}

export function cellScopeOf(provider: string, operation: CellScope["operation"]): CellScope {
  const { place } = placesOf(provider);
  const otherProvider = providerIds.find((id) => id !== provider) ?? provider;
  const [{ space }, { space: otherSpace }] = [place(words.theirs), place(words.own)];
  return { provider, otherProvider, operation, space, otherSpace };
}

const absentId = "00000000-0000-4000-8000-000000000000";

export function useWorld(options: TestAppOptions = {}): () => World {
  let world: World | undefined;
  beforeAll(async () => {
    world = await openWorld(options);
  });
  afterAll(() => world?.app.close());
  return () => {
    if (world === undefined) throw new Error("the world is not open yet");
    return world;
  };
}

/** @param onOpen called with the program before it is used */
export async function openWorld(
  options: TestAppOptions = {},
  onOpen: (app: OpenTestApp) => void = () => undefined,
): Promise<World> {
  const app = await openTestApp({ ...options, environment: { AUTHORIZATION: "on", ...options.environment } });
  onOpen(app);
  const keys = new Map<string, string>();
  const kept = new Map<string, LivePlace>();
  /** Of places that no call has changed since. A place that is restored is another object. */
  const lastStates = new WeakMap<LivePlace, string>();
  const theirs = async (provider: string): Promise<LivePlace> => {
    const place = kept.get(provider) ?? (await ensurePlace(app, provider, placesOf(provider).place(words.theirs)));
    kept.set(provider, place);
    return place;
  };
  for (const provider of providerIds) await prepare(app, provider);
  return {
    app,
    theirs,
    absent: (provider) => toAbsent(provider, placesOf(provider).place(words.absent)),
    secretOf: async (column, cell) => {
      const scopes = scopesOf(column, cell);
      if (scopes === undefined) return secretWithoutScopes(column, cell.provider);
      const name = JSON.stringify([column, scopes]);
      const known = keys.get(name);
      if (known !== undefined) return known;
      const secret = createKeySecret();
      const expiresAt = column === "an expired key" ? new Date(1) : undefined;
      const { id } = await app.store.keys.createKey({ name: column, secret, scopes, expiresAt });
      if (column === "a revoked key") await app.store.keys.revokeKey(id);
      keys.set(name, secret);
      return secret;
    },
    watch: async (place, call) => {
      const before = lastStates.get(place) ?? (await readState(app, place));
      const reply = await call();
      const after = await readState(app, place);
      lastStates.set(place, after);
      if (after !== before) kept.delete(place.provider);
      return { reply, changed: after !== before };
    },
  };
}

function secretWithoutScopes(column: ColumnName, provider: string): string | undefined {
  const grants = (id: string) => placesOf(id).grants(placesOf(id).place(words.theirs));
  const secrets: Partial<Record<ColumnName, string>> = {
    "an unknown key": `rgk_${"x".repeat(43)}`,
    "a credential of the contract": grants(provider).entitled.secret,
    "a credential of the contract without rights": grants(provider).powerless.secret,
    "a credential of another provider": grants(otherKind(provider)).entitled.secret,
  };
  return secrets[column];
}

/** A provider with other secrets: members of a family have the same ones here. */
function otherKind(provider: string): string {
  const found = providerIds.find((id) => places[id] !== places[provider]);
  if (found === undefined) throw new Error("there is one kind of provider only");
  return found;
}

async function prepare(app: OpenTestApp, provider: string): Promise<void> {
  const { place, grants } = placesOf(provider);
  for (const word of [words.theirs, words.own]) await ensurePlace(app, provider, place(word));
  const { entitled, powerless } = grants(place(words.theirs));
  await app.grantAccess(provider, entitled.definition);
  await app.grantAccess(provider, powerless.definition);
}

/** Creates what an earlier call of the matrix deleted. */
async function ensurePlace(app: OpenTestApp, provider: string, place: Place): Promise<LivePlace> {
  await app.manageCollections.ensure(systemRequest, provider, place.definition);
  const collection = await collectionOf(app, provider, place);
  const first = async () => (await app.store.records.listRecords(collection.id, { first: 1 })).items[0];
  // A token holds for one insert.
  const clientToken = randomUUID();
  if ((await first()) === undefined) {
    const target = provider === registry.dingtalk.id ? { ...place.target, clientToken } : place.target;
    await insert(app, { provider, target, records: place.records });
    await app.settleTasks();
  }
  const record = await first();
  const { items: tasks } = await app.store.tasks.listTasks(
    { visible: everywhere, collectionId: collection.id },
    { first: 1 },
  );
  return {
    ...place,
    provider,
    collectionId: collection.id,
    recordId: record?.id ?? "",
    recordKey: record?.key ?? "",
    taskId: tasks[0]?.id ?? "",
    clientToken,
  };
}

export function toAbsent(provider: string, place: Place): LivePlace {
  const key = provider === registry.dingtalk.id ? "0000000000" : "1";
  const ids = { collectionId: absentId, recordId: absentId, recordKey: key, taskId: hexOf("absent") };
  return { ...place, provider, ...ids, clientToken: randomUUID() };
}

async function collectionOf(app: OpenTestApp, provider: string, place: Place): Promise<Collection> {
  const { items } = await app.store.collections.listCollections(
    { visible: [{ provider, spaces: [{ name: place.space }] }] },
    { first: 1000 },
  );
  const made = items.find(({ name, definition }) => JSON.stringify([name, definition]).includes(nameIn(place)));
  if (made === undefined) throw new Error(`${provider} has no collection of ${place.word}`);
  return made;
}

/** The part of a target that names the collection itself. */
function nameIn({ target }: Place): string {
  const names = ["collectionName", "table_id", "sheetIdOrName", "uploadName"];
  return names.map((name) => target[name]).find((name) => name !== undefined) ?? "";
}

async function insert(
  app: OpenTestApp,
  { provider, target, records }: { readonly provider: string } & Pick<Place, "target" | "records">,
): Promise<void> {
  const write = app.directory.get(provider).dataSource.insertRecords;
  if (write === undefined) throw new Error(`${provider} does not insert`);
  const caller = unlimitedCaller("recordgate");
  await write({ target, records, origin: { caller, scope: programScope } }, AbortSignal.timeout(20_000));
}

/** Everything that is stored in the space, as text. */
async function readState({ store, settleTasks }: OpenTestApp, { provider, space }: LivePlace): Promise<string> {
  await settleTasks();
  const visible = [{ provider, spaces: [{ name: space }] }];
  const { items } = await store.collections.listCollections({ visible }, { first: 10_000 });
  const counts = await store.records.countRecords(items.map(({ id }) => id));
  const located = await store.collections.locate(provider, space, "");
  const tasks = await store.tasks.listTasks({ visible }, { first: 10_000 });
  return JSON.stringify([items, counts, located.space?.definition, tasks.items.length]);
}
