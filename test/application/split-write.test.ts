import { describe, expect, test } from "vitest";
import { createPolicy } from "../../src/application/access/policy.js";
import { ProviderDirectory } from "../../src/application/providers.js";
import { writeParts } from "../../src/application/split-write.js";
import { createWriteRecords, type WriteRequest } from "../../src/application/write-records.js";
import { createConnect } from "../../src/contract/client/client.js";
import type { Transport } from "../../src/contract/message.js";
import { systemCaller } from "../../src/core/access/caller.js";
import { programScope, RequestScope } from "../../src/core/request-scope.js";
import { ProviderFailure } from "../../src/core/failure.js";
import type { WriteReceipt } from "../../src/core/write.js";
import { randomIds } from "../../src/host/system.js";
import type { JsonObject } from "../../src/json/value.js";
import { dingtalk } from "../../src/providers/dingtalk/index.js";
import { sampleOf } from "../conformance/sample-of.js";
import { mirrorsNothing } from "../service/mirrors-nothing.js";
import { scanLog } from "../scan/scan.js";
import { byTwo, records, stored } from "./cut-by-two.js";

function failure(details: Partial<ProviderFailure["details"]> = {}): ProviderFailure {
  return new ProviderFailure({
    ...{ provider: "shelf", kind: "invalid-input", retry: "no", message: "no", idempotent: false },
    ...{ outcome: "not-applied", ...details },
  });
}

const masked = failure({ kind: "internal", message: "masked", outcome: "unknown" });

/** Writes the five records by two, with these answers to the parts. */
async function writeByTwo(answers: readonly (WriteReceipt | Error)[]) {
  const sent: unknown[] = [];
  const defects: unknown[] = [];
  const answer = await writeParts({
    records,
    takePart: byTwo,
    reportDefect: (defect) => {
      defects.push(defect);
      return masked;
    },
    write: async (some, { index, measures }) => {
      sent.push([some.map(({ id }) => id), index, measures.get("first")]);
      const result = answers[index];
      if (result === undefined || result instanceof Error) throw result ?? new Error("not expected");
      return result;
    },
  });
  return { answer, sent, defects };
}

describe("a split write", () => {
  test("is one success when every part is stored", async () => {
    const { answer, sent } = await writeByTwo([
      stored(2, { ids: ["a", "b"], warnings: ["slow"], collectionId: "c" }),
      stored(1, { ids: ["c"], skippedCount: 1, warnings: ["row 1 was skipped"], collectionId: "c" }),
      stored(1, { ids: ["d"], collectionId: "c" }),
    ]);
    expect(answer).toEqual({
      ...{ status: "stored", count: 4, skippedCount: 1, ids: ["a", "b", "c", "d"], collectionId: "c" },
      warnings: ["records 0 to 1: slow", "records 2 to 3: row 1 was skipped"],
    });
    expect(sent).toEqual([
      [[0, 1], 0, 0],
      [[2, 3], 1, 2],
      [[4], 2, 4],
    ]);
  });

  test("has no ids when a part has none", async () => {
    const { answer } = await writeByTwo([stored(2, { ids: ["a", "b"] }), stored(2, { ids: undefined }), stored(1)]);
    expect(answer).toMatchObject({ count: 5, ids: undefined });
  });

  test("sends nothing after a part that failed, whose indexes count in the whole", async () => {
    const violations = [
      { recordIndex: 1, field: "id", rule: "type", message: "bad" },
      { rule: "shape", message: "?" },
    ];
    const { answer, sent } = await writeByTwo([stored(2, { ids: ["a", "b"] }), failure({ violations })]);
    expect(sent).toHaveLength(2);
    expect(answer).toMatchObject({
      status: "partial",
      parts: [
        { firstRecord: 0, recordCount: 2, result: { ids: ["a", "b"] } },
        {
          ...{ firstRecord: 2, recordCount: 2 },
          result: { details: { violations: [{ recordIndex: 3, field: "id" }, { recordIndex: undefined }] } },
        },
      ],
    });
  });

  test("fails as its first part does", async () => {
    const first = failure({ outcome: "unknown" });
    await expect(writeByTwo([first])).rejects.toBe(first);
  });

  test("keeps the tasks of its parts apart", async () => {
    const accepted = ["t1", "t2", "t3"].map((taskId) => ({ status: "accepted", taskId }) as const);
    const { answer } = await writeByTwo(accepted);
    expect(answer).toMatchObject({ status: "partial", parts: accepted.map((result) => ({ result })) });
  });

  test("ends with a defect of its first part", async () => {
    await expect(writeByTwo([new TypeError("a defect")])).rejects.toThrow("a defect");
  });

  test("reports a defect of a later part, and says what is stored", async () => {
    const defect = new TypeError("a defect");
    const { answer, sent, defects } = await writeByTwo([stored(2, { ids: ["a", "b"] }), defect]);
    expect(sent).toHaveLength(2);
    expect(defects).toEqual([defect]);
    expect(answer).toMatchObject({
      status: "partial",
      parts: [{ result: { ids: ["a", "b"] } }, { firstRecord: 2, recordCount: 2, result: masked }],
    });
  });

  test("is copied a part at a time, and not at all when it is one part", async () => {
    const seen: (readonly JsonObject[])[] = [];
    await writeParts({
      records,
      takePart: () => ({ recordCount: records.length, measures: new Map() }),
      reportDefect: () => masked,
      write: async (some) => {
        seen.push(some);
        return stored(5);
      },
    });
    expect(seen).toEqual([records]);
    expect(seen[0]).toBe(records);
  });
});

describe("a split write that is stopped between two parts", () => {
  const request: WriteRequest = {
    ...{ provider: "dingtalk", operation: "insertRecords", batching: "split" },
    target: sampleOf(dingtalk).target,
    records,
    origin: { scope: programScope },
  };

  /** Writes by two; `afterFirst` is called once the first part is stored. */
  async function writeStopped({
    afterFirst = () => undefined,
    ...given
  }: Partial<WriteRequest> & {
    readonly afterFirst?: () => void;
    readonly closing?: AbortSignal;
    readonly signal?: AbortSignal;
  }) {
    const bodies: unknown[] = [];
    const transport: Transport = async (sent) => {
      sent.begin?.();
      bodies.push(sent.body);
      afterFirst();
      return { status: 200, headers: {}, body: { value: [{ id: "1" }, { id: "2" }] } };
    };
    const settings = { MAX_RECORDS: 2 };
    const connect = createConnect({ provider: "dingtalk", transport, settings });
    const dataSource = dingtalk.createDataSource(connect, { ids: randomIds, settings });
    const directory = new ProviderDirectory([
      { provider: dingtalk, mode: "remote", dataSource, limits: [], failures: [] },
    ]);
    const { closing, signal = new AbortController().signal, ...rest } = given;
    const write = createWriteRecords({
      ...{ directory, policy: createPolicy(directory), mirrorTask: mirrorsNothing, log: scanLog, closing },
    });
    return { answer: await write(systemCaller, { ...request, ...rest }, signal), bodies };
  }

  test.each([
    ["the deadline passes", "timeout", "signal"],
    ["its caller leaves", "unavailable", "scope"],
    ["the program stops", "unavailable", "closing"],
  ] as const)("because %s sends no further part and says what is stored", async (_why, kind, ended) => {
    const [stop, scope] = [new AbortController(), new RequestScope()];
    const { answer, bodies } = await writeStopped({
      ...(ended === "scope" ? { origin: { scope } } : { [ended]: stop.signal }),
      afterFirst: () => (ended === "scope" ? scope.leave() : stop.abort()),
    });
    expect(bodies).toHaveLength(1);
    expect(answer).toMatchObject({
      status: "partial",
      parts: [
        { firstRecord: 0, result: { status: "stored", ids: ["1", "2"] } },
        { firstRecord: 2, recordCount: 2, result: { details: { kind, outcome: "not-applied", retry: "yes" } } },
      ],
    });
  });

  test("is not stopped by a program that stops before its first part: that is a call as any other", async () => {
    const { bodies } = await writeStopped({ records: records.slice(0, 2), closing: AbortSignal.abort() });
    expect(bodies).toHaveLength(1);
  });
});
