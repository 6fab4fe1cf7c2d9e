import { createPolicy } from "../../src/application/access/policy.js";
import { systemCaller } from "../../src/core/access/caller.js";
import { RequestScope, systemRequest } from "../../src/core/request-scope.js";
import { allOf } from "../service/visible.js";
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
const asked: unknown[] = [];
const filters: CollectionFilter[] = [];
const noteFilter = async (filter: CollectionFilter): Promise<Page<never>> => {
  filters.push(filter);
  return empty;
};
const store = createPort<Store>({
  collections: createPort<CollectionStore>({
    collectionsById: async (visible, ids) => {
      asked.push(visible);
      return ids.map((id) => collectionOf(id));
    },
    listCollections: noteFilter,
  }),
  tasks: createPort<TaskStore>({
    tasksById: async (visible, ids) => {
      asked.push(visible);
      return ids.map((id) => taskOf(id));
    },
    listTasks: noteFilter,
  }),
});
const read = createReadRecords({ policy: createPolicy(directory), storeOf: () => store });

describe("reading", () => {
  test("looks for collections and tasks in the spaces of embedded providers only", async () => {
    asked.length = 0;
    await read.collectionsById(systemRequest, ["shelf"]);
    await read.tasksById(systemRequest, ["shelf"]);
    expect(asked).toEqual([allOf("shelf"), allOf("shelf")]);
  });

  test("uses the store of the request", async () => {
    const scopes: RequestScope[] = [];
    const storeOf = (scope: RequestScope): Store => {
      scopes.push(scope);
      return store;
    };
    const scope = new RequestScope();
    const scoped = createReadRecords({ policy: createPolicy(directory), storeOf });
    await scoped.tasksById({ caller: systemCaller, scope }, ["shelf"]);
    await scoped.listCollections(systemRequest, undefined, { first: 1 });
    expect(scopes).toHaveLength(2);
    expect(scopes[0]).toBe(scope);
    expect(scopes[1]).toBe(systemRequest.scope);
  });

  test("lists embedded providers only, regardless of the filter", async () => {
    filters.length = 0;
    await read.listCollections(systemRequest, undefined, { first: 1 });
    await read.listCollections(systemRequest, "shelf", { first: 1 });
    await read.listCollections(systemRequest, "attic", { first: 1 });
    await read.listTasks(systemRequest, "shelf-1", { first: 1 });
    expect(filters).toEqual([
      { visible: allOf("shelf") },
      { visible: allOf("shelf") },
      { visible: [] },
      { visible: allOf("shelf"), collectionId: "shelf-1" },
    ]);
  });
});
