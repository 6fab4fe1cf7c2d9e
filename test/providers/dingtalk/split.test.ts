import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { systemRequest } from "../../../src/core/request-scope.js";
import { dingtalk } from "../../../src/providers/dingtalk/index.js";
import { tokenOfPart } from "../../../src/providers/dingtalk/record/part-token.js";
import { showValue } from "../../../src/json/stringify.js";
import { openScriptedService, type ScriptedService } from "../../cases/remote/scripted-service.js";
import { sampleOf } from "../../conformance/sample-of.js";
import { write } from "../../conformance/write.js";
import { openTestApp, type OpenTestApp } from "../../service/open-test-app.js";

const own = "550e8400-e29b-41d4-a716-446655440000";
const {
  target,
  records: [record = {}],
  definition,
} = sampleOf(dingtalk);
const records = Array.from({ length: 250 }, () => record);

const send = (app: OpenTestApp, clientToken?: string, batching: "NONE" | "SPLIT" = "SPLIT") =>
  write(app, {
    ...{ provider: "dingtalk", operation: "insertRecords", records, batching },
    target: clientToken === undefined ? target : { ...target, clientToken },
  });

describe("the tokens of the parts", () => {
  test("are UUIDs v4 that differ, and the same again for the same token in another case", () => {
    const tokens = Array.from({ length: 500 }, (_none, part) => tokenOfPart(own, part));
    expect(tokens[0]).toBe(own);
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const token of tokens) expect(z.uuidv4().safeParse(token).success).toBe(true);
    expect(tokenOfPart(own.toUpperCase(), 7)).toBe(tokens[7]);
    expect(tokenOfPart("550e8400-e29b-41d4-a716-446655440001", 1)).not.toBe(tokens[1]);
  });
});

describe("250 records", () => {
  let service: ScriptedService;
  let remote: OpenTestApp;
  beforeAll(async () => {
    service = await openScriptedService();
    remote = await openTestApp({ environment: { DINGTALK_BASE_URL: service.baseUrl, DINGTALK_TOKEN: "any" } });
  });
  afterAll(async () => {
    await remote.close();
    await service.close();
  });

  const idsOf = (count: number) => ({
    status: 200,
    body: { value: Array.from({ length: count }, () => ({ id: "r" })) },
  });

  async function tokensSent(clientToken?: string): Promise<readonly string[]> {
    const seen = service.play([idsOf(100), idsOf(100), idsOf(50)]);
    expect(await send(remote, clientToken)).toMatchObject({ insertedCount: 250, warnings: [] });
    return seen.map(({ query }) => showValue(query["clientToken"]));
  }

  test("are three calls with a token each, generated or derived from the caller's", async () => {
    const generated = [...(await tokensSent()), ...(await tokensSent())];
    expect(new Set(generated).size).toBe(6);
    const derived = [0, 1, 2].map((part) => tokenOfPart(own, part));
    expect([await tokensSent(own), await tokensSent(own)]).toEqual([derived, derived]);
  });

  test("are one call as given where the caller does not ask for parts", async () => {
    const seen = service.play([idsOf(250)]);
    expect(await send(remote, own, "NONE")).toMatchObject({ insertedCount: 250 });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.query).toMatchObject({ clientToken: own });
  });

  test("name the 100 that are stored when the second call is refused", async () => {
    const refused = { code: "invalidRequest.inputArgs.invalid", requestid: "0A1B2C3D", message: "bad" };
    const value = Array.from({ length: 100 }, (_none, index) => ({ id: `rec${index + 1}` }));
    const seen = service.play([
      { status: 200, body: { value } },
      { status: 400, body: refused },
    ]);
    expect(await send(remote, own)).toMatchObject({
      __typename: "InsertRecordsPartial",
      parts: [
        { firstRecord: 0, recordCount: 100, result: { ids: value.map(({ id }) => id) } },
        { firstRecord: 100, recordCount: 100, result: { __typename: "WriteInvalidInputError", retryable: "NO" } },
      ],
    });
    expect(seen).toHaveLength(2);
  });

  test("are stored once: the same mutation again is refused with its first part", async () => {
    const app = await openTestApp();
    const collection = await app.manageCollections.create(systemRequest, "dingtalk", definition);
    expect(await send(app, own)).toMatchObject({ insertedCount: 250 });
    expect(await send(app, own)).toMatchObject({ __typename: "WriteDuplicateRequestError", outcome: "NOT_APPLIED" });
    const { items } = await app.store.records.listRecords(collection.id, { first: 1000 });
    expect(items).toHaveLength(250);
    await app.close();
  });
});
