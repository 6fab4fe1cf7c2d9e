import { expect, test } from "vitest";
import { defineRemoteTasks } from "../../../src/contract/tasks/remote-tasks.js";
import { importRecordsContract } from "../../../src/providers/altatech/contract.js";
import { altatechTasks } from "../../../src/providers/altatech/import/remote-tasks.js";

test("pauses grow from the first one to twenty times of it", () => {
  const pauses = Array.from({ length: altatechTasks.polls - 1 }, (_, index) => altatechTasks.pauseAfter(index + 1));
  expect(pauses.slice(0, 3)).toEqual([1500, 1875, 2344]);
  expect(pauses.at(-1)).toBe(30_000);
  expect(pauses).toEqual(pauses.toSorted((left, right) => left - right));
  const minutes = pauses.reduce((sum, each) => sum + each, 0) / 60_000;
  expect(Math.round(minutes)).toBe(10);
});

test("a contract that writes does not start as one that asks for tasks", () => {
  expect(() =>
    defineRemoteTasks({
      contract: importRecordsContract,
      toCall: () => ({ body: undefined }),
      read: () => undefined,
      polls: 1,
      firstPauseMs: 1,
    }),
  ).toThrow("contract import, which is not a read");
});
