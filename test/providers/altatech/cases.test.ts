import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { sha256, unlimitedCaller } from "../../../src/contract/credentials.js";
import { showValue } from "../../../src/contract/json.js";
import type { ContractRequest } from "../../../src/contract/message.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../src/core/json.js";
import { altatech } from "../../../src/providers/altatech/index.js";
import { altatechAdapter } from "../../cases/adapters/altatech.js";
import { readCaseFile, readExpectation, type CaseRequest, type Expectation } from "../../cases/case-file.js";
import { containsMembers } from "../../cases/compare.js";
import { expand } from "../../cases/directives.js";
import { checkReply } from "../../cases/reply-checks.js";
import { key, taskIdOf, useWorlds, type AltatechWorld } from "./altatech-world.js";

/** The server's cases of the contract's dossier, those of calls that are not served yet left out. */
const file = readCaseFile(fileURLToPath(new URL("cases.json", import.meta.url)));

const openWorld = useWorlds();

describe("the cases of the contract", () => {
  it.each(file.cases.map((item) => [`${item.id}: ${item.title}`, item] as const))("%s", async (_name, item) => {
    const world = openWorld({ authorization: "on" });
    await world.store.credentials.saveCredential({ provider: altatech.id, caller: unlimitedCaller("bot"), secretSha256: sha256(key) });
    const table = await world.createTable(file.schemas[item.given.schema ?? ""] ?? {});
    if (item.given.rows.length > 0) await world.importAndSettle(item.given.rows);
    for (const request of item.given.requests) await world.settle(taskIdOf(await world.send(toRequest(request))));

    const expected = readExpectation(item.expect);
    const reply = await world.send(toRequest(item.request));
    expect(checkReply(reply, altatechAdapter, expected)).toEqual([]);
    if (expected.code === 0) await world.settle(taskIdOf(reply));
    if (expected.task !== undefined) expectTask(await world.resultOf(taskIdOf(reply)), expected.task);
    await expectStored(world, table, expected);
  });
});

function toRequest({ method, path, body, rawBody, headers }: CaseRequest): Partial<ContractRequest> {
  return {
    method,
    path,
    body: body === undefined ? undefined : expand(body),
    ...(rawBody === undefined ? {} : { bodyProblem: "the text ends too early" }),
    ...(headers?.["authorization"] === null ? { headers: {} } : {}),
  };
}

function expectTask(task: JsonValue | undefined, { fail_detail: details, ...members }: JsonObject): void {
  expect(task).toMatchObject(members);
  if (!isJsonObject(task) || !Array.isArray(details)) return;
  const wanted = details.filter(isJsonObject).map((detail) => ({ ...detail, fail_reason: matching(showValue(detail["fail_reason"])) }));
  expect(task["fail_detail"]).toMatchObject(wanted);
}

function matching(pattern: string): unknown {
  return expect.stringMatching(new RegExp(pattern, "s"));
}

async function expectStored(world: AltatechWorld, table: Parameters<AltatechWorld["storedFields"]>[0], expected: Expectation): Promise<void> {
  const records = await world.storedFields(table);
  if (expected.storedCount !== undefined) expect(records).toHaveLength(expected.storedCount);
  for (const wanted of expected.stored ?? []) expect(records.some((record) => containsMembers(record, wanted))).toBe(true);
}
