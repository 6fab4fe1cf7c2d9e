import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { exchange } from "./raw-http.js";

let app: OpenTestApp;
let url: string;
beforeAll(async () => {
  app = await openTestApp({
    environment: {
      AUTHORIZATION: "on",
      FAULTS: "on",
      MILVUS_TOKEN: "root:Milvus",
      MILVUS_INSERT_MAX_BYTES: "2000",
      MILVUS_UPSERT_MAX_BYTES: "3000",
    },
  });
  await app.manageCollections.create("milvus", {
    users: [{ name: "root", password: "Milvus" }],
    collectionName: "book",
    fields: [
      { name: "id", type: "Int64", primary: true },
      { name: "vector", type: "FloatVector", dim: 2 },
    ],
    dynamic: true,
  });
  ({ url } = await app.listen());
});
afterAll(() => app.close());

const insertPath = "/v1/vector/insert";
const authorization = "Bearer root:Milvus";
const rowOf = (id: number): string => `{"collectionName":"book","data":{"id":${id},"vector":[1,2]}}`;

async function send(body: string, headers: Readonly<Record<string, string>> = {}, path = insertPath): Promise<string> {
  const response = await fetch(url + path, { method: "POST", headers: { authorization, ...headers }, body });
  return `${response.status} ${await response.text()}`;
}

function raw(head: readonly string[], body = ""): Promise<string> {
  return exchange(url, [`${head.join("\r\n")}\r\n\r\n${body}`]);
}

async function storedCount(): Promise<number> {
  const { data } = await app.graphql(
    `{ recordCollections(provider: "milvus") { edges { node { records(first: 1000) { edges { node { key } } } } } } }`,
  );
  return JSON.stringify(data).split('"key"').length - 1;
}

describe("a REST face", () => {
  test("stands under the provider's name, and at the root where the provider claims it", async () => {
    expect(await send(rowOf(1))).toBe('200 {"code":200,"data":{"insertCount":1,"insertIds":[1]}}');
    expect(await send(rowOf(2), {}, `/milvus${insertPath}`)).toBe(
      '200 {"code":200,"data":{"insertCount":1,"insertIds":[2]}}',
    );
    expect(await send(rowOf(3), {}, `/zilliz${insertPath}`)).toMatch(/^401 /);
  });

  test("answers what nobody claims in the program's own words", async () => {
    expect(await send("{}", {}, "/v1/nothing")).toBe(
      '404 {"errors":[{"message":"nothing is served at POST /v1/nothing","extensions":{"code":"NOT_FOUND"}}]}',
    );
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "///", "application/json; charset=latin1"])(
    "reads JSON whatever the content type says: %s",
    async (type) => {
      expect(await send(rowOf(10), { "content-type": type })).toMatch(/^200 \{"code":200/);
    },
  );

  test("takes what nests too deeply for malformed JSON, in its own words", async () => {
    const deep = `{"collectionName":"book","id":${"[".repeat(2000)}${"]".repeat(2000)}}`;
    expect(await send(deep, {}, "/v1/vector/get")).toBe(
      '200 {"code":1801,"message":"can only accept json format request, error: the text nests deeper than 2000 levels"}',
    );
  });

  test("keeps the digits of integers in both directions", async () => {
    expect(await send('{"collectionName":"book","data":{"id":9223372036854775807,"vector":[1,2]}}')).toContain(
      '"insertIds":[9223372036854775807]',
    );
    expect(await send(rowOf(5), { "accept-type-allow-int64": "false" })).toContain('"insertIds":["5"]');
  });

  test("tells record and field of a refusal beside the contract's body", async () => {
    const response = await fetch(url + insertPath, {
      method: "POST",
      headers: { authorization },
      body: '{"collectionName":"book","data":[{"id":1,"vector":[1,2]},{"id":2}]}',
    });
    expect(JSON.parse(response.headers.get("recordgate-violations") ?? "")).toEqual([
      { recordIndex: 1, field: "vector", rule: "required", message: "field vector is required: missing parameter" },
    ]);
  });

  test("takes a body in pieces and without a length, cut within a character", async () => {
    const bytes = Buffer.from('{"collectionName":"book","data":{"id":20,"vector":[1,2],"name":"日"}}');
    const at = bytes.indexOf(0xe6) + 1;
    const pieces = [bytes.subarray(0, at), bytes.subarray(at)].flatMap((part) => [
      `${part.byteLength.toString(16)}\r\n`,
      part,
      "\r\n",
    ]);
    const head = `POST ${insertPath} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n`;
    expect(await exchange(url, [head, ...pieces, "0\r\n\r\n"], { pauseMs: 10 })).toContain('"insertIds":[20]');
  });

  test("refuses broken UTF-8 and encoded bodies as no JSON", async () => {
    const head = [`POST ${insertPath} HTTP/1.1`, "host: x", `authorization: ${authorization}`, "connection: close"];
    const broken = Buffer.concat([Buffer.from('{"collectionName":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const answer = await exchange(url, [
      `${[...head, `content-length: ${broken.byteLength}`].join("\r\n")}\r\n\r\n`,
      broken,
    ]);
    expect(answer).toContain(
      '{"code":1801,"message":"can only accept json format request, error: the body is not valid UTF-8"}',
    );
  });

  test("answers a body over the limit after it has arrived, and stores nothing", async () => {
    const before = await storedCount();
    for (const bytes of [2001, 3001, 5_000_000]) {
      expect(await send(rowOf(30).padEnd(bytes))).toBe(
        '413 {"code":1102,"message":"parameter too large[message=the request exceeds 2000 bytes]"}',
      );
    }
    expect(await send(rowOf(30).padEnd(2000))).toMatch(/^200/);
    expect(await storedCount()).toBe(before + 1);
  });

  test("looks at credentials before it complains of the body", async () => {
    expect(await send("{".padEnd(5_000_000), { authorization: "Bearer no:body" })).toBe(
      `401 {"code":1800,"message":"user hasn't authenticated"}`,
    );
  });

  test("answers whoever may not call, and unknown paths, without waiting for the body", async () => {
    const refused = (path: string, ...lines: readonly string[]) =>
      exchange(url, [[`POST ${path} HTTP/1.1`, "host: x", "content-length: 100", ...lines, "", ""].join("\r\n")], {
        silenceMs: 300,
      });
    expect(await refused(insertPath)).toMatch(/^HTTP\/1\.1 401 /);
    expect(await refused("/milvus/nothing", `authorization: ${authorization}`)).toMatch(/^HTTP\/1\.1 404 /);
    expect(await refused("/v1.0/notable/bases/b/sheets/s/records", "expect: 100-continue")).toMatch(
      /^HTTP\/1\.1 400 [\s\S]*AuthenticationFailed/,
    );
    expect(await refused(insertPath, `authorization: ${authorization}`, "expect: 100-continue")).toBe(
      "HTTP/1.1 100 Continue\r\n\r\n",
    );
  });

  test("keeps the connection usable after a refusal that read no body", async () => {
    const body = rowOf(90);
    const question = (credential: string) =>
      `POST ${insertPath} HTTP/1.1\r\nhost: x\r\nauthorization: ${credential}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    expect(await exchange(url, [question("Bearer no:body"), question(authorization)], { pauseMs: 20 })).toMatch(
      /^HTTP\/1\.1 401 [\s\S]*HTTP\/1\.1 200 [\s\S]*"insertIds":\[90\]/,
    );
  });

  test("reads names and passwords beyond ASCII in every form of the header", async () => {
    await app.grantAccess("milvus", { users: [{ name: "ü", password: "пароль" }] });
    const bytes = (header: string): Buffer =>
      Buffer.from(
        `POST ${insertPath} HTTP/1.1\r\nhost: x\r\nauthorization: ${header}\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}`,
      );
    for (const header of ["Bearer ü:пароль", "ü:пароль", `Basic ${Buffer.from("ü:пароль").toString("base64")}`]) {
      expect(await exchange(url, [bytes(header)])).toContain('{"code":1802');
    }
  });

  test("stores nothing for a client that goes away within its body", async () => {
    const before = await storedCount();
    const body = rowOf(40);
    await exchange(
      url,
      [
        `POST ${insertPath} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-length: ${body.length + 1}\r\n\r\n`,
        body,
      ],
      { silenceMs: 50 },
    );
    expect(await storedCount()).toBe(before);
  });
});

describe("what goes wrong before a contract is found is told in the provider's dialect", () => {
  test.each([
    ["a path badly encoded", "/milvus/v1/%ZZ", /^404 page not found$/],
    ["another one", "/dingtalk/v1.0/notable/bases/%E6%97/sheets/x/records", /"code":"InvalidAction\.NotFound"/],
    ["at the root", "/api/v1/%", /"error":"not_found"/],
    ["a very long path", `/v1/database/${"x".repeat(5000)}`, /"code":40000/],
  ])("%s", async (_what, path, expected) => {
    const answer = await raw([
      `POST ${path} HTTP/1.1`,
      "host: x",
      `authorization: ${authorization}`,
      "connection: close",
      "content-length: 0",
    ]);
    expect(answer.split("\r\n\r\n")[1]).toMatch(expected);
  });

  test.each(["PROPFIND", "TRACE", "PATCH", "QUERY", "DELETE"])("the method %s", async (method) => {
    const answer = await raw([
      `${method} /redivis/api/v1/tables/a.b.c HTTP/1.1`,
      "host: x",
      "connection: close",
      "content-length: 0",
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 40[14] [\s\S]*\{"status":40[14],"error":"(?:not_found|invalid_token)"/);
  });

  test.each([
    [
      "headers that are none",
      "/redivis/api/v1/tables/x",
      ["bad header"],
      /^HTTP\/1\.1 400 [\s\S]*"error":"invalid_request","error_description":"the request cannot be read: /,
    ],
    [
      "headers too large",
      "/v1.0/x",
      [`x: ${"y".repeat(20_000)}`],
      /^HTTP\/1\.1 400 [\s\S]*"code":"invalidRequest\.inputArgs\.invalid"/,
    ],
    [
      "two lengths",
      "/v1/database/x",
      ["content-length: 1", "content-length: 2"],
      /^HTTP\/1\.1 400 [\s\S]*"code":40000,"message":"Parameter error: the request cannot be read/,
    ],
    [
      "a chunk of no size",
      "/v1/vector/insert",
      [`authorization: ${authorization}`, "transfer-encoding: chunked", "", "zz"],
      /^HTTP\/1\.1 400 [\s\S]*400 Bad Request: the request cannot be read/,
    ],
    [
      "where nobody of us is meant",
      "/elsewhere",
      ["bad header"],
      /^HTTP\/1\.1 400 [\s\S]*"errors":\[\{"message":"the request cannot be read/,
    ],
  ])("%s", async (_what, path, lines, expected) => {
    expect(await raw([`POST ${path} HTTP/1.1`, "host: x", ...lines])).toMatch(expected);
  });

  test("CONNECT, which nobody serves", async () => {
    expect(await raw(["CONNECT /redivis/api/v1/x HTTP/1.1", "host: x"])).toMatch(
      /^HTTP\/1\.1 400 [\s\S]*"error_description":"the method CONNECT is not served"/,
    );
    expect(await raw(["CONNECT elsewhere.test:443 HTTP/1.1", "host: x"])).toMatch(/^HTTP\/1\.1 400 [\s\S]*"errors":/);
  });

  test("after the answer to what was asked before on the same connection", async () => {
    const whole = (id: number, more = "") =>
      `POST ${insertPath} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n${more}content-length: ${rowOf(id).length}\r\n\r\n${rowOf(id)}`;
    const expected = (id: number) =>
      new RegExp(
        `^HTTP/1\\.1 200 [\\s\\S]*"insertIds":\\[${id}\\]\\}\\}HTTP/1\\.1 400 [\\s\\S]*the request cannot be read`,
      );
    expect(await exchange(url, [`${whole(80)}GARBAGE\r\n\r\n`])).toMatch(expected(80));
    expect(
      await exchange(
        url,
        [whole(81, "recordgate-fault: delay=200\r\n"), "POST /v1/vector/insert HTTP/1.1\r\nbad header\r\n\r\n"],
        { pauseMs: 50 },
      ),
    ).toMatch(expected(81));
    expect(await exchange(url, [whole(82).replace(/content-length: \d+/, "content-length: 5")])).toMatch(
      /^HTTP\/1\.1 200 [\s\S]*"code":1801,[\s\S]*HTTP\/1\.1 400 /,
    );
  });

  test("a target in absolute form, no Host, and an expectation that nobody knows", async () => {
    const body = rowOf(50);
    const lines = [`authorization: ${authorization}`, "connection: close", `content-length: ${body.length}`];
    expect(await raw([`POST http://elsewhere.test${insertPath} HTTP/1.1`, "host: x", ...lines], body)).toContain(
      '"insertIds":[50]',
    );
    expect(await raw([`POST ${insertPath} HTTP/1.1`, ...lines], body)).toContain('"insertIds":[50]');
    expect(await raw([`POST ${insertPath} HTTP/1.1`, "expect: miracles", ...lines], body)).toContain(
      '"insertIds":[50]',
    );
  });
});

describe("the address of a client", () => {
  test("is known to a contract that asks for it, through either face", async () => {
    const definition = {
      baseId: "b",
      operators: { u1: "edit" },
      sheets: [{ id: "s", name: "S", fields: [{ name: "T", type: "text" }] }],
    };
    const path = "/v1.0/notable/bases/b/sheets/s/records?operatorId=u1";
    const init = {
      method: "POST",
      headers: { "x-acs-dingtalk-access-token": "any" },
      body: JSON.stringify({ records: [{ fields: { T: "x" } }] }),
    };
    const query = `mutation { insertRecords(input: { target: { dingtalk: { baseId: "b", sheetIdOrName: "s", operatorId: "u1" } }, records: [{ T: "x" }] }) { __typename } }`;
    const answers = async (allowed: string) => {
      const listed = await openTestApp({ environment: { DINGTALK_ALLOWED_ADDRESSES: allowed } });
      await listed.manageCollections.create("dingtalk", definition);
      const graphql = await listed.fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
      });
      const seen = [(await listed.fetch(path, init)).status, JSON.stringify(await graphql.json())];
      await listed.close();
      return seen;
    };
    expect(await answers("127.0.0.0/8")).toEqual([
      200,
      '{"data":{"insertRecords":{"__typename":"InsertRecordsSuccess"}}}',
    ]);
    expect(await answers("10.0.0.1")).toEqual([
      403,
      '{"data":{"insertRecords":{"__typename":"WritePermissionDeniedError"}}}',
    ]);
  });
});

describe("HEAD and OPTIONS", () => {
  test("have no body, and OPTIONS asks for no credentials where the service has CORS", async () => {
    const head = await fetch(`${url}/api/v1/tables/a.b.c/nothing`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([404, ""]);
    expect(JSON.parse(decodeURIComponent(head.headers.get("x-redivis-error-payload") ?? ""))).toMatchObject({
      status: 404,
      error: "not_found",
    });
    const options = await fetch(`${url}/milvus/anything`, { method: "OPTIONS" });
    expect([options.status, await options.text(), options.headers.get("access-control-allow-origin")]).toEqual([
      204,
      "",
      "*",
    ]);
  });
});

describe("a call that a test makes fail", () => {
  const fault = (text: string): Readonly<Record<string, string>> => ({ "recordgate-fault": text });

  test("answers any row of the contract, or vanishes before or after storing", async () => {
    expect(await send(rowOf(60), fault("rate-limited"))).toMatch(/^200 \{"code":8,/);
    const before = await storedCount();
    await expect(send(rowOf(61), fault("drop=before"))).rejects.toThrow();
    expect(await storedCount()).toBe(before);
    await expect(send(rowOf(62), fault("internal; drop=after"))).rejects.toThrow();
    expect(await storedCount()).toBe(before + 1);
  });

  const mutation = `mutation { insertRecords(input: { target: { milvus: { collectionName: "book" } }, records: [{ id: 70, vector: [1, 2] }] }) {
    __typename ... on WriteError { outcome safeToResend message } } }`;
  test.each([
    ["deadline-exceeded", 0, { __typename: "WriteTimeoutError", outcome: "UNKNOWN", safeToResend: false }],
    ["drop=before", 0, { __typename: "WriteUnavailableError", outcome: "UNKNOWN" }],
    ["drop=after", 1, { __typename: "WriteUnavailableError", outcome: "UNKNOWN" }],
    ["nonsense", 0, { __typename: "WriteInvalidInputError", outcome: "NOT_APPLIED" }],
  ])("through GraphQL as well: %s", async (text, stored, expected) => {
    const before = await storedCount();
    const response = await app.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...fault(text) },
      body: JSON.stringify({ query: mutation }),
    });
    expect(await response.json()).toMatchObject({ data: { insertRecords: expected } });
    expect(await storedCount()).toBe(before + stored);
  });

  test("goes right where faults are not allowed", async () => {
    const strict = await openTestApp();
    const response = await strict.fetch("/milvus/v1/vector/insert", {
      method: "POST",
      headers: fault("rate-limited"),
      body: "{}",
    });
    expect(await response.json()).toMatchObject({ code: 1802 });
    await strict.close();
  });
});
