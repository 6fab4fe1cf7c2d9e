import { describe, expect, test } from "vitest";
import { toTaskEnd, type TaskReport } from "../../../src/contract/tasks/task-end.js";

const tell = (text: string): string => text.replaceAll("s3cret", "[hidden]");

function endOf(report: Partial<TaskReport>, totalCount = 3) {
  return toTaskEnd({ failures: [], ...report }, { totalCount, tell });
}

const invalid = { kind: "invalid-input", message: "no" } as const;
const named = (...indices: readonly number[]): Pick<TaskReport, "failures"> => ({
  failures: indices.map((recordIndex) => ({ recordIndex, message: "no" })),
});

describe("counts that agree with each other and with the request", () => {
  test.each<[string, Partial<TaskReport>, readonly [number | undefined, number | undefined]]>([
    ["all stored", { successCount: 3, failCount: 0 }, [3, 0]],
    ["some refused", { successCount: 2, failCount: 1, ...named(2) }, [2, 1]],
    ["refused ones of which the service describes none", { successCount: 1, failCount: 2 }, [1, 2]],
    ["the stored ones alone", { successCount: 2 }, [2, 1]],
    ["the refused ones alone", { failCount: 1 }, [2, 1]],
    ["none told", {}, [undefined, undefined]],
    ["a failed import without counts", { error: invalid }, [0, 3]],
    ["a failed import", { error: invalid, successCount: 0, failCount: 3, ...named(0, 1, 2) }, [0, 3]],
  ])("are taken: %s", (_name, report, [successCount, failCount]) => {
    const end = endOf(report);
    expect(end.state).toBe(report.error === undefined ? "succeeded" : "failed");
    expect([end.successCount, end.failCount]).toEqual([successCount, failCount]);
    expect(end.failures).toHaveLength(report.failures?.length ?? 0);
  });
});

describe("counts that contradict", () => {
  const [huge, tiny] = [2 ** 31, -1];
  test.each<[string, Partial<TaskReport>, readonly [number | undefined, number | undefined]]>([
    ["more than were sent", { successCount: 2, failCount: 2 }, [2, 2]],
    ["fewer than were sent", { successCount: 1, failCount: 1 }, [1, 1]],
    ["a stored count that cannot be", { successCount: huge, failCount: 1 }, [2, 1]],
    ["a refused count that cannot be", { successCount: 1, failCount: tiny }, [1, 2]],
    ["nothing stored, and no failure of the task", { successCount: 0, failCount: 3 }, [undefined, 3]],
    ["neither stored nor refused ones", { successCount: 0, failCount: 0 }, [undefined, 0]],
    ["a fraction", { successCount: 1.5, failCount: 0 }, [3, 0]],
    ["both cannot be", { successCount: huge, failCount: huge }, [undefined, undefined]],
    ["a refused record that is described and not counted", { successCount: 3, failCount: 0, ...named(1) }, [3, 0]],
    ["stored records of a failed import", { successCount: 1, failCount: 2, error: invalid }, [1, 2]],
  ])("are told as a failure of the whole: %s", (_name, report, [successCount, failCount]) => {
    const end = endOf(report);
    expect([end.successCount, end.failCount]).toEqual([successCount, failCount]);
    const note = end.failures.at(-1);
    expect(note?.recordIndex).toBeUndefined();
    expect(note?.message).toMatch(/^The service reports .* of the 3 records that were sent/);
    expect(end.failures).toHaveLength((report.failures?.length ?? 0) + 1);
  });

  test("leave the outcome of a failed import open where something was stored", () => {
    expect(endOf({ error: invalid, successCount: 1, failCount: 2 }).error?.outcome).toBe("unknown");
    expect(endOf({ error: invalid, successCount: 0, failCount: 3 }).error?.outcome).toBe("not-applied");
  });
});

test("a failure of a record that was not sent keeps its number in the message", () => {
  expect(endOf({ successCount: 3, failures: [{ recordIndex: 6, message: "no" }] }).failures[0]).toEqual({
    message: "of record 7, which was not sent: no",
  });
});

test("every text is told as a text of the service", () => {
  const end = endOf({
    failures: [{ recordIndex: 0, message: "row s3cret" }, { message: "whole s3cret" }],
    error: { kind: "conflict", message: "s3cret" },
  });
  expect(JSON.stringify(end)).not.toContain("s3cret");
  expect(end.error?.message).toBe("[hidden]");
});

test("failures beyond 10,000 are counted instead of kept", () => {
  const failures = Array.from({ length: 10_005 }, () => ({ message: "no" }));
  const end = endOf({ failures });
  expect(end.failures).toHaveLength(10_001);
  expect(end.failures.at(-1)).toEqual({ message: "The service reports 5 more failures." });
});
