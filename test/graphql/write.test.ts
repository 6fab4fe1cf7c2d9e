import { unlimitedCaller } from "../../src/contract/credentials.js";
import { describe, expect, it } from "vitest";
import { failureKinds, ProviderFailure, type ProviderFailureDetails } from "../../src/core/failure.js";
import { StoreUnavailableError } from "../../src/core/store.js";
import { createFakeWorld, taskOf, type FakeWorld } from "./fake-world.js";
import { insertInto, insertMutation, target } from "./insert-into.js";

function failing(details: Partial<ProviderFailureDetails>): Promise<FakeWorld> {
  const failure = new ProviderFailure({
    provider: "shelf",
    kind: "internal",
    retry: "no",
    message: "no",
    idempotent: false,
    outcome: "not-applied",
    ...details,
  });
  return createFakeWorld({ dataSource: { insertRecords: () => Promise.reject(failure) } });
}

describe("insertRecords", () => {
  it("hands the parsed target and the very records to the provider", async () => {
    const world = await createFakeWorld();
    const records = [{ title: "Emma" }, { title: "Persuasion" }];
    const { result } = await insertInto(world, records, { shelf: { shelf: "books", room: null, note: null } });
    expect(result).toEqual({
      __typename: "InsertRecordsSuccess",
      ...{ insertedCount: 2, skippedCount: 0, ids: ["1", "2"], warnings: [] },
      collection: { id: "c1", name: "books", provider: { id: "shelf" } },
    });
    // A null that a client sends for what it leaves out is dropped, except where the contract takes null.
    expect(world.commands[0]?.target).toEqual({ shelf: "books", mode: "append", note: null });
    expect(world.commands[0]?.records[1]).toBe(records[1]);
  });

  it("knows who calls", async () => {
    const world = await createFakeWorld();
    const ann = unlimitedCaller("ann");
    const caller = { kind: "credential", callers: new Map([["shelf", ann]]) } as const;
    await world.execute({ query: insertMutation, variables: { target, records: [{}] }, caller });
    expect(world.commands[0]?.origin?.caller).toBe(ann);
  });

  it("refuses a target that the provider's schema refuses, as data", async () => {
    const world = await createFakeWorld();
    const { result } = await insertInto(world, [{}], { shelf: { shelf: "x" } });
    expect(result).toMatchObject({
      __typename: "WriteInvalidInputError",
      ...{ provider: "shelf", retryable: "NO", safeToResend: false, outcome: "NOT_APPLIED", upstream: null },
      violations: [{ recordIndex: null, field: "target.shelf", rule: "too-small" }],
    });
    expect(world.commands).toEqual([]);
  });

  it.each([
    ["none", {}],
    ["null", { shelf: null }],
  ])("takes exactly one provider, not %s", async (_name, into) => {
    const { errors } = await insertInto(await createFakeWorld(), [{}], into);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    const literal = JSON.stringify(into).replaceAll('"', "");
    const { errors: literalErrors } = await (
      await createFakeWorld()
    ).execute({ query: `mutation { insertRecords(input: { target: ${literal}, records: [] }) { __typename } }` });
    expect(literalErrors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
  });

  it("answers the task of records that are stored later", async () => {
    const dataSource = {
      insertRecords: () => Promise.resolve({ status: "accepted", taskId: "t1", collectionId: "c1" } as const),
    };
    const { result } = await insertInto(await createFakeWorld({ dataSource, tasks: [taskOf("t1")] }), [{}, {}]);
    expect(result).toMatchObject({
      __typename: "InsertRecordsAccepted",
      task: { id: "t1", status: "PENDING", progress: 0, collection: { id: "c1" } },
    });
  });

  it("answers what is known of a remote service's task and asks no store", async () => {
    const dataSource = { insertRecords: () => Promise.resolve({ status: "accepted", taskId: "far" } as const) };
    const world = await createFakeWorld({ dataSource, mode: "remote" });
    const { result } = await insertInto(world, [{}, {}]);
    expect(result).toMatchObject({
      task: {
        id: "far",
        status: "PENDING",
        totalCount: 2,
        successCount: null,
        createdAt: "2026-01-02T03:04:05.678Z",
        collection: null,
      },
    });
    expect(world.reads).toEqual([]);
  });

  it("answers what is known of the task when the database has gone away since it took the records", async () => {
    const dataSource = {
      insertRecords: () => Promise.resolve({ status: "accepted", taskId: "t1", collectionId: "c1" } as const),
    };
    const broken = new StoreUnavailableError("the database closed the connection", "unknown");
    const { result, errors } = await insertInto(await createFakeWorld({ dataSource, broken }), [{}, {}]);
    expect(errors).toBeUndefined();
    expect(result).toMatchObject({
      __typename: "InsertRecordsAccepted",
      task: { id: "t1", status: "PENDING", totalCount: 2 },
    });
  });

  it("has an error type for every kind of failure", async () => {
    for (const kind of failureKinds) {
      const { result, errors } = await insertInto(await failing({ kind }), [{}]);
      const name = kind.replaceAll(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase());
      expect({ kind, errors, result }).toMatchObject({
        errors: undefined,
        result: { __typename: `Write${name}Error`, provider: "shelf" },
      });
    }
  });

  it("tells what a kind has of its own", async () => {
    const upstream = { httpStatus: 429, code: "slow", message: "slow down", requestId: "r1" };
    expect(
      (await insertInto(await failing({ kind: "rate-limited", retry: "yes", retryAfterMs: 2000, upstream }), [{}]))
        .result,
    ).toMatchObject({
      ...{ retryAfterMs: 2000, retryable: "YES", safeToResend: true, upstream },
    });
    expect(
      (await insertInto(await failing({ kind: "permission-denied", requiredScope: "shelf.write" }), [{}])).result,
    ).toMatchObject({ requiredScope: "shelf.write" });
    const exceeded = { limit: 2 ** 40, actual: 2 ** 41, unit: "bytes" };
    expect((await insertInto(await failing({ kind: "payload-too-large", exceeded }), [{}])).result).toMatchObject(
      exceeded,
    );
    const unknown = await insertInto(
      await failing({ kind: "timeout", retry: "only-if-idempotent", idempotent: true, outcome: "unknown" }),
      [{}],
    );
    expect(unknown.result).toMatchObject({ retryable: "ONLY_IF_IDEMPOTENT", safeToResend: true, outcome: "UNKNOWN" });
  });

  it("takes 5,000 records without copying one", async () => {
    const world = await createFakeWorld();
    const records = Array.from({ length: 5000 }, (_item, number) => ({
      number,
      title: `book ${number}`,
      pages: [1, 2, 3],
    }));
    const { result } = await insertInto(world, records);
    expect(result).toMatchObject({ insertedCount: 5000 });
    expect(world.commands[0]?.records.every((record, index) => record === records[index])).toBe(true);
  });
});

describe("upsertEntities", () => {
  it("answers the number of entities", async () => {
    const receipt = { status: "stored", count: 3, skippedCount: 0, warnings: ["late"] } as const;
    const world = await createFakeWorld({ dataSource: { upsertEntities: () => Promise.resolve(receipt) } });
    const query = `mutation { upsertEntities(input: { target: { shelf: { shelf: "books" } }, records: [{}] }) { ... on UpsertEntitiesSuccess { upsertedCount ids warnings collection { id } } } }`;
    expect((await world.execute({ query })).data).toEqual({
      upsertEntities: { upsertedCount: 3, ids: null, warnings: ["late"], collection: null },
    });
  });
});
