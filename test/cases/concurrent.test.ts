import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readCaseFile } from "./case-file.js";
import { CaseWorlds } from "./case-world.js";
import { planRuns } from "./plan.js";
import { runCase } from "./run-case.js";

const worlds = new CaseWorlds();
afterAll(() => worlds.close());

const file = readCaseFile(join(import.meta.dirname, "contracts/dingtalk.json"));
const first = file.cases.find(({ request }) => request.query?.["clientToken"] !== undefined);

async function findingsOf(
  expect_: Readonly<Record<string, string | number | readonly number[]>>,
): Promise<readonly string[]> {
  if (first === undefined) throw new Error("no case has a client token");
  const item = { ...first, request: { ...first.request, concurrent: 3 }, expect: expect_ };
  const {
    runs: [run],
  } = await planRuns({ ...file, cases: [item] });
  if (run === undefined) throw new Error("the case is left out");
  const { faces, findings } = await runCase(run, worlds);
  expect(faces).toEqual(["rest", "graphql"]);
  return findings;
}

test("one of several requests with one token inserts, through either face", async () => {
  const expected = {
    statuses: [409, 200, 409],
    code: "invalidRequest.duplicateClientToken",
    kind: "duplicate-request",
    count: 1,
    storedCount: 1,
  };
  expect(await findingsOf(expected)).toEqual([]);
});

test("the runner finds the deviations from a concurrent case", async () => {
  expect(await findingsOf({ statuses: [200, 200, 409], code: "x", kind: "conflict" })).toEqual([
    ...Array<string>(2).fill("rest: code is invalidRequest.duplicateClientToken, expected x"),
    "rest: statuses are 200, 409, 409, expected 200, 200, 409",
    "graphql: statuses are 200, 409, 409, expected 200, 200, 409",
    ...Array<string[]>(2)
      .fill([
        "graphql: kind is duplicate-request, expected conflict",
        "graphql: code is invalidRequest.duplicateClientToken, expected x",
      ])
      .flat(),
  ]);
});
