import { describe, expect, test } from "vitest";
import { mirrorsNothing } from "../service/mirrors-nothing.js";
import { createPolicy } from "../../src/application/access/policy.js";
import type { ProviderDirectory } from "../../src/application/providers.js";
import { systemCaller } from "../../src/core/access/caller.js";
import { RequestScope } from "../../src/core/request-scope.js";
import { createWriteRecords } from "../../src/application/write-records.js";
import { unlimitedCaller } from "../../src/contract/credentials.js";
import type { WriteReceipt } from "../../src/core/write.js";
import { createDirectory } from "./application-world.js";
import { scanLog } from "../scan/scan.js";

const request = {
  provider: "shelf",
  operation: "insertRecords",
  target: { shelf: "books" },
  records: [{ title: "Dune" }],
  origin: { scope: new RequestScope(), address: "10.0.0.1" },
} as const;
const receipt: WriteReceipt = { status: "accepted", taskId: "t1" };
const { signal } = new AbortController();

const writeOver = (directory: ProviderDirectory) =>
  createWriteRecords({ directory, policy: createPolicy(directory), mirrorTask: mirrorsNothing, log: scanLog });

/** A directory of one provider, with the calls that its data source received. */
function recordingDirectory(mode: "embedded" | "remote" = "embedded") {
  const asked: unknown[] = [];
  const insertRecords = async (...given: unknown[]): Promise<WriteReceipt> => {
    asked.push(...given);
    return receipt;
  };
  return { asked, directory: createDirectory({ mode, dataSource: { insertRecords } }) };
}

describe("writing records", () => {
  test.each(["embedded", "remote"] as const)(
    "calls the data source of an %s provider with the parsed target",
    async (mode) => {
      const { asked, directory } = recordingDirectory(mode);
      expect(await writeOver(directory)(systemCaller, request, signal)).toBe(receipt);
      const { target, records, origin } = request;
      expect(asked).toEqual([
        {
          target: { ...target, mode: "append" },
          records,
          origin: { ...origin, caller: unlimitedCaller("recordgate") },
        },
        signal,
      ]);
    },
  );

  test("refuses a target that breaks its schema, with a violation for each wrong member and no call", async () => {
    const { asked, directory } = recordingDirectory();
    await expect(
      writeOver(directory)(systemCaller, { ...request, target: { shelf: "b", attic: 1 } }, signal),
    ).rejects.toMatchObject({
      details: {
        kind: "invalid-input",
        retry: "no",
        outcome: "not-applied",
        violations: [
          { field: "target.shelf", rule: "too-small" },
          { field: "target", rule: "unrecognized-keys" },
        ],
      },
    });
    expect(asked).toEqual([]);
  });

  test("treats an operation that the provider does not have, or an unknown provider, as a defect", async () => {
    const write = writeOver(createDirectory({}));
    await expect(write(systemCaller, { ...request, operation: "upsertEntities" }, signal)).rejects.toThrow(
      "no operation upsertEntities",
    );
    await expect(write(systemCaller, { ...request, provider: "attic" }, signal)).rejects.toThrow("no provider attic");
  });
});
