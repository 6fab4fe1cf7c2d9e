import { expect, test } from "vitest";
import { Model, type Outcome, type StoredRow } from "./model.js";

const none = { missing: 0, doubled: 0, halved: 0, unwanted: 0 };

interface Step {
  readonly outcome: Outcome;
  readonly removes?: boolean;
}

/** Writes of two keys, one after the other, and the writes that the stored records of the keys 0 and 1 name. */
function judge(steps: readonly Step[], stored: readonly (readonly number[])[]): unknown {
  const model = new Model();
  const first = model.takeKeys(2);
  for (const { outcome, removes = false } of steps)
    model.begin({ collection: "keyed", removes, first, count: 2 }).outcome = outcome;
  const keyed: StoredRow[] = stored.flatMap((writes, key) => writes.map((write) => ({ key, write })));
  const { missing, doubled, halved, unwanted } = model.judge({ inserted: [], keyed, imported: [] });
  return { missing, doubled, halved, unwanted };
}

const [acknowledged, refused, unknown] = (["acknowledged", "refused", "unknown"] as const).map((outcome) => ({
  outcome,
})) as [Step, Step, Step];
const removed: Step = { outcome: "acknowledged", removes: true };

test.each([
  ["the last acknowledged write", [acknowledged, acknowledged], [[2], [2]]],
  ["a write of unknown outcome after it", [acknowledged, unknown], [[2], [2]]],
  ["no trace of one", [acknowledged, unknown], [[1], [1]]],
  ["nothing of the only write, whose outcome is unknown", [unknown], []],
  ["nothing where the keys were removed", [acknowledged, removed], []],
  ["the keys where it is unknown whether they were removed", [acknowledged, { ...unknown, removes: true }], [[1], [1]]],
  ["nothing of what was refused", [refused], []],
])("finds no fault in %s", (_title, steps, stored) => {
  expect(judge(steps, stored)).toEqual(none);
});

test.each([
  ["an acknowledged write that is gone", [acknowledged], [], { missing: 2 }],
  ["a half of it", [acknowledged], [[1]], { missing: 1, halved: 1 }],
  ["an older write in its place", [acknowledged, acknowledged], [[1], [1]], { missing: 2 }],
  ["a half of a write of unknown outcome", [unknown], [[1]], { halved: 1 }],
  ["halves of two writes", [acknowledged, unknown], [[1], [2]], { halved: 1 }],
  ["two records of a key", [acknowledged], [[1, 1], [1]], { doubled: 1 }],
  ["what was removed", [acknowledged, removed], [[1], [1]], { unwanted: 2 }],
  ["what was refused", [refused], [[1], [1]], { unwanted: 2 }],
  ["keys that were never sent", [acknowledged], [[1], [1], [9]], { unwanted: 1 }],
])("finds %s", (_title, steps, stored, faults) => {
  expect(judge(steps, stored)).toEqual({ ...none, ...faults });
});
