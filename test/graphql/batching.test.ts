import { describe, expect, test } from "vitest";
import { ProviderFailure } from "../../src/core/failure.js";
import type { DataSource } from "../../src/contract/data-source.js";
import type { WriteCommand } from "../../src/core/write.js";
import { createFakeWorld, taskOf } from "./fake-world.js";
import { target } from "./insert-into.js";

const records = [{ title: "Dune" }, { title: "Emma" }, { title: "It" }];

const result = `__typename ... on InsertRecordsSuccess { insertedCount ids collection { id } }
  ... on InsertRecordsAccepted { task { id totalCount } } ... on WriteError { message outcome safeToResend }`;
const insert = `mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) {
  ${result} ... on InsertRecordsPartial { parts { index firstRecord recordCount result { ${result} } } } } }`;
const upsert = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { __typename
  ... on UpsertEntitiesSuccess { upsertedCount }
  ... on UpsertEntitiesPartial { parts { index firstRecord recordCount
    result { __typename ... on UpsertEntitiesSuccess { upsertedCount } ... on WriteError { outcome } } } } } }`;

const busy = new ProviderFailure({
  ...{ provider: "shelf", kind: "rate-limited", retry: "yes", message: "later", idempotent: false },
  outcome: "not-applied",
});

/** Stores each part of one record, but fails at this index. */
function sourceFailingAt(failing: number): { readonly dataSource: DataSource; readonly commands: WriteCommand[] } {
  const commands: WriteCommand[] = [];
  const store = async (command: WriteCommand) => {
    commands.push(command);
    if (command.part?.index === failing) throw busy;
    const ids = command.records.map((_record, index) => `${command.part?.index ?? "all"}.${index}`);
    return { status: "stored", count: ids.length, skippedCount: 0, ids, warnings: [], collectionId: "c1" } as const;
  };
  const cut = () => () => ({ recordCount: 1, measures: new Map<string, number>() });
  return { commands, dataSource: { insertRecords: store, upsertEntities: store, cut } };
}

async function send(dataSource: DataSource, query: string, input: object) {
  const world = await createFakeWorld({ dataSource, tasks: [taskOf("t1"), taskOf("t2"), taskOf("t3")] });
  return world.execute({ query, variables: { input: { target, records, ...input } } });
}

describe("a write", () => {
  test.each([[{}], [{ batching: "NONE" }], [{ batching: null }]])("with %j is one call", async (input) => {
    const { dataSource, commands } = sourceFailingAt(-1);
    const { data } = await send(dataSource, insert, input);
    expect(data).toMatchObject({ insertRecords: { insertedCount: 3, ids: ["all.0", "all.1", "all.2"] } });
    expect(commands.map(({ part }) => part)).toEqual([undefined]);
  });

  test.each(["split", "HALF", "", 1, true, ["SPLIT", "NONE"]])("refuses %j as its batching", async (batching) => {
    const { dataSource, commands } = sourceFailingAt(-1);
    const { errors } = await send(dataSource, insert, { batching });
    expect(errors?.[0]?.extensions?.["code"]).toBe("BAD_USER_INPUT");
    expect(commands).toEqual([]);
  });

  test("with SPLIT is one success where every part is stored", async () => {
    const { data } = await send(sourceFailingAt(-1).dataSource, insert, { batching: "SPLIT" });
    expect(data).toEqual({
      insertRecords: {
        __typename: "InsertRecordsSuccess",
        ...{ insertedCount: 3, ids: ["0.0", "1.0", "2.0"], collection: { id: "c1" } },
      },
    });
  });

  test("with SPLIT tells the parts where one fails, and its error is the last", async () => {
    const { dataSource, commands } = sourceFailingAt(1);
    const { data, errors } = await send(dataSource, insert, { batching: "SPLIT" });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      insertRecords: {
        __typename: "InsertRecordsPartial",
        parts: [
          {
            ...{ index: 0, firstRecord: 0, recordCount: 1 },
            result: { __typename: "InsertRecordsSuccess", insertedCount: 1, ids: ["0.0"], collection: { id: "c1" } },
          },
          {
            ...{ index: 1, firstRecord: 1, recordCount: 1 },
            result: { __typename: "WriteRateLimitedError", outcome: "NOT_APPLIED", safeToResend: true },
          },
        ],
      },
    });
    expect(commands).toHaveLength(2);
  });

  test("with SPLIT is the error where the first part fails", async () => {
    const { data } = await send(sourceFailingAt(0).dataSource, insert, { batching: "SPLIT" });
    expect(data).toMatchObject({ insertRecords: { __typename: "WriteRateLimitedError", message: "later" } });
  });

  test("with SPLIT has a task for each part that a service has accepted", async () => {
    const dataSource: DataSource = {
      insertRecords: async ({ part }) => ({
        ...{ status: "accepted", taskId: `t${(part?.index ?? 0) + 1}`, collectionId: "c1" },
      }),
      cut: sourceFailingAt(-1).dataSource.cut,
    };
    const { data } = await send(dataSource, insert, { batching: "SPLIT" });
    const parts = ["t1", "t2", "t3"].map((id) => ({ result: { __typename: "InsertRecordsAccepted", task: { id } } }));
    expect(data).toMatchObject({ insertRecords: { __typename: "InsertRecordsPartial", parts } });
  });

  test("of upserts tells its parts likewise", async () => {
    const { data } = await send(sourceFailingAt(2).dataSource, upsert, { batching: "SPLIT" });
    expect(data).toMatchObject({
      upsertEntities: {
        __typename: "UpsertEntitiesPartial",
        parts: [
          { index: 0, result: { upsertedCount: 1 } },
          { index: 1, result: { upsertedCount: 1 } },
          { index: 2, firstRecord: 2, result: { __typename: "WriteRateLimitedError", outcome: "NOT_APPLIED" } },
        ],
      },
    });
    const stored = await send(sourceFailingAt(-1).dataSource, upsert, { batching: "SPLIT" });
    expect(stored.data).toEqual({ upsertEntities: { __typename: "UpsertEntitiesSuccess", upsertedCount: 3 } });
  });
});
