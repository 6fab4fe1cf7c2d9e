import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { ContractRequest } from "../../../src/contract/message.js";
import { vectorAdapter } from "../../cases/adapters/vector.js";
import { readCaseFile, readExpectation, type Case, type CaseRequest } from "../../cases/case-file.js";
import { bodyOf } from "../../cases/case-world.js";
import { containsMembers } from "../../cases/compare.js";
import { planRuns } from "../../cases/plan.js";
import { checkReply } from "../../cases/reply-checks.js";
import { useVectorWorlds, type VectorWorld } from "./vector-world.js";

/** The server's cases of the contract's dossier, those of calls that are not served yet left out. */
const file = readCaseFile(fileURLToPath(new URL("cases.json", import.meta.url)));
const openWorld = useVectorWorlds();

describe("the cases of the contract", () => {
  it.each(planRuns(file).runs.map((run) => [`${run.label}: ${run.item.title}`, run] as const))("%s", async (_name, { provider, item }) => {
    const world = await openWorld(provider, { authorization: item.given.auth });
    const collection = await prepare(world, item);
    const expected = readExpectation(item.expect);
    expect(checkReply(await world.send(toRequest(item.request)), vectorAdapter, expected)).toEqual([]);
    if (collection === undefined) return;
    const records = await world.storedFields(collection);
    if (expected.storedCount !== undefined) expect(records).toHaveLength(expected.storedCount);
    for (const wanted of expected.stored ?? []) expect(records.some((record) => containsMembers(record, wanted))).toBe(true);
  });
});

async function prepare(world: VectorWorld, { given }: Case) {
  for (const [secret, caller] of vectorAdapter.callers(given)) await world.saveCaller(secret, caller);
  const schema = given.schema === undefined ? undefined : file.schemas[given.schema];
  if (schema === undefined) return undefined;
  const collection = await world.createCollection(vectorAdapter.toDefinition({ ...schema, ...given.set }));
  if (given.rows.length > 0) expect(await world.send(toRequest(vectorAdapter.insertRows(given.rows, schema)))).toMatchObject({ status: 200 });
  return collection;
}

function toRequest(request: CaseRequest): Partial<ContractRequest> {
  const { method, path, rawBody, padTo } = request;
  const headers = Object.entries({ ...file.defaults.headers, ...request.headers }).filter((header): header is [string, string] => header[1] !== null);
  const body = bodyOf(request);
  const bodyProblem = rawBody !== undefined && body === undefined ? "the text ends too early" : undefined;
  return { method, path, headers: Object.fromEntries(headers), body, bodyProblem, sizeBytes: padTo };
}
