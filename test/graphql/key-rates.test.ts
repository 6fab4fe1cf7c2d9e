import { afterEach, describe, expect, test } from "vitest";
import { createKeySecret } from "../../src/application/access/key-secret.js";
import { systemRequest } from "../../src/core/request-scope.js";
import { StoreUnavailableError } from "../../src/core/store.js";
import type { JsonObject } from "../../src/json/value.js";
import type { TestAppOptions } from "../../src/test-app.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";

const day = 86_400;
const [perSecond, collectionName] = [1000, "rated"];
const limits = { AUTHORIZATION: "on", KEY_REQUESTS_PER_SECOND: `${perSecond}`, KEY_RECORDS_PER_SECOND: "1" };

let opened: OpenTestApp[] = [];
afterEach(async () => {
  for (const app of opened) await app.close();
  opened = [];
});

async function open(options: TestAppOptions = {}) {
  const app = await openTestApp({ environment: limits, ...options });
  opened.push(app);
  const secret = createKeySecret();
  const { id } = await app.store.keys.createKey({ name: "tester", secret, scopes: [{}, { upstream: "default" }] });
  await app.manageCollections.create(systemRequest, "milvus", {
    collectionName,
    fields: [
      { name: "id", type: "Int64", primary: true },
      { name: "vector", type: "FloatVector", dim: 2 },
    ],
  });
  const ask = async (query: string, { variables = {}, credential = secret } = {}) => {
    const response = await app.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${credential}` },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { readonly data?: JsonObject; readonly errors?: readonly JsonObject[] };
    return { status: response.status, retryAfter: response.headers.get("retry-after"), ...answer };
  };
  const requests = app.store.rates.open({ name: "requests", perSecond });
  /** The rest of the day's requests. */
  const useUp = () => requests.take(id, perSecond * day);
  return { app, id, ask, useUp };
}

const insert = `mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) {
  __typename ... on InsertRecordsSuccess { insertedCount }
  ... on WriteError { message provider retryable safeToResend outcome }
  ... on WriteRateLimitedError { retryAfterMs } } }`;

function recordsOf(count: number) {
  const records = Array.from({ length: count }, (_, id) => ({ id, vector: [0, 1] }));
  return { variables: { input: { target: { milvus: { collectionName } }, records } } };
}

describe("a key without requests left", () => {
  test("gets a top-level error with the wait", async () => {
    const { ask, useUp } = await open();
    await useUp();
    const { status, retryAfter, data, errors } = await ask("{ recordProviders { id } }");
    expect([status, data]).toEqual([429, undefined]);
    const [error] = errors ?? [];
    expect(error).toMatchObject({
      message: "the key may use 1000 requests a second, and they are used up",
      extensions: { code: "RATE_LIMITED" },
    });
    const { retryAfterMs } = Object(error?.["extensions"]) as { readonly retryAfterMs: number };
    expect(Number(retryAfter)).toBe(Math.ceil(retryAfterMs / 1000));
    expect(retryAfterMs).toBeGreaterThan((day - 600) * 1000);
    expect(retryAfterMs).toBeLessThanOrEqual(day * 1000);
  });

  test("gets the error of the union of each mutation, and nothing is done", async () => {
    const { app, ask, useUp } = await open();
    const { collections } = app.store;
    const visible = [{ provider: "milvus", spaces: "all" as const }];
    const listed = await collections.listCollections({ visible }, { first: 10 });
    await useUp();
    expect((await ask(insert, recordsOf(1))).data?.["insertRecords"]).toMatchObject({
      __typename: "WriteRateLimitedError",
      provider: "recordgate",
      retryable: "YES",
      safeToResend: true,
      outcome: "NOT_APPLIED",
    });
    const definition = { milvus: { collectionName: "other", fields: [{ name: "id", type: "Int64", primary: true }] } };
    const answer = await ask(
      `mutation ($input: CreateCollectionInput!, $id: ID!) {
        made: createCollection(input: $input) { __typename }
        gone: deleteCollection(id: $id) { __typename } }`,
      { variables: { input: { definition }, id: listed.items[0]?.id } },
    );
    expect(answer).toMatchObject({
      status: 200,
      data: { made: { __typename: "WriteRateLimitedError" }, gone: { __typename: "WriteRateLimitedError" } },
    });
    expect(await collections.listCollections({ visible }, { first: 10 })).toEqual(listed);
  });

  test("leaves the other keys and the contracts' own credentials alone", async () => {
    const { app, ask, useUp } = await open();
    await useUp();
    const other = createKeySecret();
    await app.store.keys.createKey({ name: "other", secret: other, scopes: [{}] });
    const credential = "someone:secret";
    await app.store.credentials.saveCredential({
      provider: "milvus",
      secret: credential,
      caller: { principal: "someone", scopes: "all", grants: "all" },
    });
    expect(await ask("{ __typename }", { credential: other })).toMatchObject({ status: 200 });
    expect(await ask(insert, { ...recordsOf(500), credential })).toMatchObject({ status: 200 });
    expect((await ask(insert, { ...recordsOf(500), credential })).data?.["insertRecords"]).toMatchObject({
      insertedCount: 500,
    });
  });
});

test("a request is counted once, whatever it contains", async () => {
  const { app, id, ask } = await open();
  const taken: string[] = [];
  const counter = app.store.rates.open({ name: "requests", perSecond });
  Object.assign(counter, { take: (name: string) => Promise.resolve(void taken.push(name)) });
  await ask("{ a: recordProviders { id } b: recordProviders { id } c: __typename }");
  expect(taken).toEqual([id]);
  await ask("{ nonsense");
  expect(taken).toEqual([id, id]);
});

describe("records", () => {
  test("are counted before a write begins; more than a second has are accepted at its beginning", async () => {
    const { ask } = await open();
    const first = await ask(insert, recordsOf(500));
    expect(first.data?.["insertRecords"]).toEqual({ __typename: "InsertRecordsSuccess", insertedCount: 500 });
    const { data } = await ask(insert, recordsOf(1));
    expect(data?.["insertRecords"]).toMatchObject({
      __typename: "WriteRateLimitedError",
      message: "the key may use 1 records a second, and they are used up",
      provider: "milvus",
      outcome: "NOT_APPLIED",
    });
    const { retryAfterMs } = Object(data?.["insertRecords"]) as { readonly retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(500_000);
  });

  test("of a remote provider are counted, too, and the service is not called", async () => {
    const calls: string[] = [];
    const fetch = (url: unknown) => {
      calls.push(String(url));
      return Promise.resolve(Response.json({ code: 200, data: { insertCount: 500, insertIds: [] } }));
    };
    const { ask } = await open({
      environment: { ...limits, ZILLIZ_BASE_URL: "https://zilliz.test", ZILLIZ_TOKEN: "x" },
      fetch,
    });
    const { input } = recordsOf(500).variables;
    const write = () => ask(insert, { variables: { input: { ...input, target: { zilliz: { collectionName } } } } });
    expect((await write()).data?.["insertRecords"]).toMatchObject({ insertedCount: 500 });
    expect((await write()).data?.["insertRecords"]).toMatchObject({ __typename: "WriteRateLimitedError" });
    expect(calls).toHaveLength(1);
  });
});

test("a request that cannot be counted is refused as one that cannot reach the database", async () => {
  const { app, ask } = await open();
  const counter = app.store.rates.open({ name: "requests", perSecond });
  const take = () => Promise.reject(new StoreUnavailableError("the database cannot be reached", "not-applied"));
  Object.assign(counter, { take });
  expect((await ask("{ __typename }")).errors).toMatchObject([{ extensions: { code: "SERVICE_UNAVAILABLE" } }]);
  expect((await ask(insert, recordsOf(1))).data?.["insertRecords"]).toMatchObject({
    __typename: "WriteUnavailableError",
    retryable: "YES",
    outcome: "NOT_APPLIED",
  });
});

test("without the settings nothing is counted", async () => {
  const { app, ask } = await open({ environment: { AUTHORIZATION: "on" } });
  for (const name of ["requests", "records"])
    Object.assign(app.store.rates.open({ name, perSecond }), { take: () => Promise.reject(new Error("counted")) });
  expect((await ask(insert, recordsOf(500))).data?.["insertRecords"]).toMatchObject({ insertedCount: 500 });
  expect((await ask(insert, recordsOf(500))).data?.["insertRecords"]).toMatchObject({ insertedCount: 500 });
});
