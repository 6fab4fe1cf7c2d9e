import { systemRequest } from "../../src/core/request-scope.js";
import { describe, expect, test } from "vitest";
import { createPolicy } from "../../src/application/access/policy.js";
import { createManageCollections, type ManageCollections } from "../../src/application/manage-collections.js";
import { ProviderFailure } from "../../src/core/failure.js";
import type { CredentialStore } from "../../src/core/access/credential.js";
import type { CollectionStore } from "../../src/core/collection.js";
import { UnstorableValueError } from "../../src/json/storable.js";
import { StoreUnavailableError, type Store } from "../../src/core/store.js";
import { randomIds } from "../../src/host/system.js";
import { allOf } from "../service/visible.js";
import { collectionOf, createDirectory, createPort } from "./application-world.js";

const definition = { shelf: "books", planks: 3, boxes: [] };

function createManage(methods: Partial<CollectionStore>, mode: "embedded" | "remote" = "embedded"): ManageCollections {
  const directory = createDirectory({ mode });
  return createManageCollections({
    directory,
    policy: createPolicy(directory),
    storeOf: () =>
      createPort<Store>({ collections: createPort(methods), credentials: createPort<CredentialStore>({}) }),
    ids: randomIds,
  });
}

function failing(error: Error): Promise<never> {
  return Promise.reject(error);
}

async function failureOf(work: Promise<unknown>): Promise<ProviderFailure> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderFailure)) throw new Error("no provider failure", { cause: error });
  return error;
}

describe("a remote provider's collections", () => {
  const embeddedOnly = {
    kind: "invalid-input",
    retry: "no",
    outcome: "not-applied",
    violations: [{ rule: "embedded-only" }],
  };

  test("are not created here, without a call of the store", async () => {
    const { details } = await failureOf(createManage({}, "remote").create(systemRequest, "shelf", definition));
    expect(details).toMatchObject(embeddedOnly);
  });

  test("are not deleted here, although they were stored before the provider became remote", async () => {
    const manage = createManage({ collectionsById: async () => [collectionOf("shelf")] }, "remote");
    expect((await failureOf(manage.delete(systemRequest, "shelf-1"))).details).toMatchObject(embeddedOnly);
  });
});

describe("creating a collection", () => {
  test("stores the provider's collection for the definition", async () => {
    const manage = createManage({
      createCollection: async (wanted) => ({ created: true, collection: { ...collectionOf("shelf"), ...wanted } }),
    });
    expect(await manage.create(systemRequest, "shelf", definition)).toMatchObject({
      provider: "shelf",
      name: "books",
      definition: { planks: 3 },
    });
  });

  test("answers a conflict that names the existing collection", async () => {
    const manage = createManage({
      createCollection: async () => ({ created: false, collection: collectionOf("shelf") }),
    });
    const { details } = await failureOf(manage.create(systemRequest, "shelf", definition));
    expect(details).toMatchObject({
      kind: "conflict",
      retry: "no",
      outcome: "not-applied",
      message: "the collection books exists already",
    });
  });

  test("names the value that the schema accepts and the store cannot keep", async () => {
    const manage = createManage({
      createCollection: () => failing(new UnstorableValueError({ reason: "surrogate", field: "name" })),
    });
    const { details } = await failureOf(manage.create(systemRequest, "shelf", definition));
    expect(details).toMatchObject({
      kind: "invalid-input",
      outcome: "not-applied",
      violations: [{ field: "name", rule: "storable", message: "contains a lone surrogate" }],
    });
  });

  test("names every field that the schema refuses", async () => {
    const { details } = await failureOf(
      createManage({}).create(systemRequest, "shelf", { shelf: 1, planks: 0, boxes: [] }),
    );
    expect(details.kind).toBe("invalid-input");
    expect(details.violations?.map(({ field }) => field)).toEqual(["shelf", "planks"]);
  });

  test("names the field that the provider refuses", async () => {
    const { details } = await failureOf(createManage({}).create(systemRequest, "shelf", { ...definition, planks: 13 }));
    expect(details).toMatchObject({ kind: "invalid-input", violations: [{ field: "planks", rule: "unlucky" }] });
  });
});

describe("deleting a collection", () => {
  test("answers the deleted collection", async () => {
    const manage = createManage({
      collectionsById: async () => [collectionOf("shelf")],
      deleteCollection: async () => true,
    });
    expect(await manage.delete(systemRequest, "shelf-1")).toEqual(collectionOf("shelf"));
  });

  test("answers nothing when another call has deleted it", async () => {
    const manage = createManage({
      collectionsById: async () => [collectionOf("shelf")],
      deleteCollection: async () => false,
    });
    expect(await manage.delete(systemRequest, "shelf-1")).toBeUndefined();
  });

  test("looks for the collections of registered providers only", async () => {
    const asked: unknown[] = [];
    const manage = createManage({
      collectionsById: async (visible) => {
        asked.push(visible);
        return [undefined];
      },
    });
    expect(await manage.delete(systemRequest, "attic-1")).toBeUndefined();
    expect(asked).toEqual([allOf("shelf")]);
  });
});

describe("a database that does not answer", () => {
  test.each([
    ["not-applied", "yes"],
    ["unknown", "only-if-idempotent"],
  ] as const)("is a failure with its outcome, %s", async (outcome, retry) => {
    const cause = new StoreUnavailableError("lost at 10.0.0.1", outcome);
    const reject = (): Promise<never> => Promise.reject(cause);
    const manage = createManage({ createCollection: reject, collectionsById: reject });
    for (const work of [manage.create(systemRequest, "shelf", definition), manage.delete(systemRequest, "shelf-1")]) {
      const failure = await failureOf(work);
      expect(failure.details).toMatchObject({
        kind: "unavailable",
        retry,
        outcome,
        message: "the database could not be reached",
      });
      expect(failure.safeToResend).toBe(true);
      expect(failure.cause).toBe(cause);
    }
  });

  test("is distinguished from a defect, which is rethrown", async () => {
    const defect = new TypeError("oops");
    await expect(
      createManage({ createCollection: () => failing(defect) }).create(systemRequest, "shelf", definition),
    ).rejects.toBe(defect);
  });
});
