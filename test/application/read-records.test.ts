import { describe, expect, test } from "vitest";
import { createReadRecords } from "../../src/application/read-records.js";
import type { CollectionFilter, CollectionStore } from "../../src/core/collection.js";
import type { Page } from "../../src/core/page.js";
import type { Store } from "../../src/core/store.js";
import type { TaskStore } from "../../src/core/task.js";
import { createFakeProvider } from "../graphql/fake-provider.js";
import { collectionOf, createDirectory, createPort, taskOf } from "./application-world.js";

const directory = createDirectory({}, { provider: createFakeProvider({ id: "attic" }), mode: "remote" });
const empty: Page<never> = { items: [], keys: [], hasNextPage: false };
const filters: CollectionFilter[] = [];
const noteFilter = async (filter: CollectionFilter): Promise<Page<never>> => {
  filters.push(filter);
  return empty;
};
const read = createReadRecords(
  directory,
  createPort<Store>({
    collections: createPort<CollectionStore>({
      collectionsById: async (ids) => ids.map((id) => (id === "gone" ? undefined : collectionOf(id))),
      listCollections: noteFilter,
    }),
    tasks: createPort<TaskStore>({
      tasksById: async (ids) => ids.map((id) => (id === "gone" ? undefined : taskOf(id))),
      listTasks: noteFilter,
    }),
  }),
);

describe("reading", () => {
  test("hides collections of providers that are remote or not registered, in the order of the ids", async () => {
    const ids = ["attic", "shelf", "gone", "cellar", "shelf"];
    expect((await read.collectionsById(ids)).map((collection) => collection?.provider)).toEqual([
      undefined,
      "shelf",
      undefined,
      undefined,
      "shelf",
    ]);
    expect((await read.tasksById(ids)).map((task) => task?.provider)).toEqual([
      undefined,
      "shelf",
      undefined,
      undefined,
      "shelf",
    ]);
  });

  test("lists embedded providers only, regardless of the filter", async () => {
    filters.length = 0;
    await read.listCollections(undefined, { first: 1 });
    await read.listCollections("shelf", { first: 1 });
    await read.listCollections("attic", { first: 1 });
    await read.listTasks("shelf-1", { first: 1 });
    expect(filters).toEqual([
      { providers: ["shelf"] },
      { providers: ["shelf"] },
      { providers: [] },
      { providers: ["shelf"], collectionId: "shelf-1" },
    ]);
  });
});
