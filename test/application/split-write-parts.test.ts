import { describe, expect, test } from "vitest";
import { createPolicy } from "../../src/application/access/policy.js";
import { createWriteRecords } from "../../src/application/write-records.js";
import { systemCaller } from "../../src/core/access/caller.js";
import { programScope } from "../../src/core/request-scope.js";
import { scanLog } from "../scan/scan.js";
import { mirrorsNothing } from "../service/mirrors-nothing.js";
import { createDirectory } from "./application-world.js";
import { byTwo, records, stored } from "./cut-by-two.js";

describe("a defect in a later part of a split write", () => {
  test("is logged once and masked, beside the part that is stored", async () => {
    const logged: unknown[] = [];
    const directory = createDirectory({
      dataSource: {
        insertRecords: async ({ part }) => {
          if (part?.index === 1) throw new TypeError("a secret cause");
          return stored(2, { ids: ["a", "b"] });
        },
        cut: () => byTwo,
      },
    });
    const write = createWriteRecords({
      ...{ directory, policy: createPolicy(directory), mirrorTask: mirrorsNothing },
      log: { error: (...line) => void logged.push(line) },
    });
    const answer = await write(
      systemCaller,
      {
        ...{ provider: "shelf", operation: "insertRecords", batching: "split", target: { shelf: "books" }, records },
        origin: { scope: programScope, requestId: () => "r1" },
      },
      new AbortController().signal,
    );
    const details = { kind: "internal", outcome: "unknown", message: "internal error, logged as request r1" };
    expect(answer).toMatchObject({
      status: "partial",
      parts: [{ result: { ids: ["a", "b"] } }, { firstRecord: 2, result: { safeToResend: false, details } }],
    });
    const error = new TypeError("a secret cause");
    expect(logged).toEqual([
      [{ provider: "shelf", requestId: "r1", error }, "a part of a split write failed unexpectedly"],
    ]);
  });
});

describe("a split write of a key", () => {
  test("counts its records once", async () => {
    const taken: unknown[] = [];
    const directory = createDirectory({
      dataSource: { insertRecords: async (command) => stored(command.records.length), cut: () => byTwo },
    });
    const write = createWriteRecords({
      ...{ directory, policy: createPolicy(directory), mirrorTask: mirrorsNothing, log: scanLog },
      recordRate: {
        perSecond: 1,
        take: async (id, points) => {
          taken.push([id, points]);
          return undefined;
        },
      },
    });
    const scopes = [{ provider: "shelf", operation: "write" }] as const;
    await write(
      { kind: "key", id: "k1", principal: "k", scopes },
      {
        ...{ provider: "shelf", operation: "insertRecords", batching: "split", target: { shelf: "books" }, records },
        origin: { scope: programScope },
      },
      new AbortController().signal,
    );
    expect(taken).toEqual([["k1", 5]]);
  });
});
