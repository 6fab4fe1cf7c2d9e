import { expect, test } from "vitest";
import { createWriteRecords } from "../../src/application/write-records.js";
import type { WriteCommand, WriteReceipt } from "../../src/core/write.js";
import { createDirectory } from "./application-world.js";

const command: WriteCommand = { target: { shelf: "books" }, records: [{ title: "Dune" }] };
const receipt: WriteReceipt = { status: "accepted", taskId: "t1", replayed: false };
const { signal } = new AbortController();

test("hands the command and the signal to the provider's data source, embedded or remote", async () => {
  for (const mode of ["embedded", "remote"] as const) {
    const asked: unknown[] = [];
    const insertRecords = async (...given: unknown[]): Promise<WriteReceipt> => {
      asked.push(...given);
      return receipt;
    };
    const write = createWriteRecords(createDirectory({ mode, dataSource: { insertRecords } }));
    expect(await write({ provider: "shelf", operation: "insertRecords", command }, signal)).toBe(receipt);
    expect(asked).toEqual([command, signal]);
  }
});

test("takes an operation that the provider does not have, or an unknown provider, for a defect", () => {
  const write = createWriteRecords(createDirectory({}));
  expect(() => write({ provider: "shelf", operation: "upsertEntities", command }, signal)).toThrow("no operation upsertEntities");
  expect(() => write({ provider: "attic", operation: "insertRecords", command }, signal)).toThrow("no provider attic");
});
