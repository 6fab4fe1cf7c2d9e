import { systemRequest } from "../../src/core/request-scope.js";
import { describe, expect, test } from "vitest";
import { openTestApp } from "../service/open-test-app.js";
import { exchange } from "./raw-http.js";
import { authorization, insertPath, rowOf, useRestFace } from "./use-rest-face.js";

const { app, url, send } = useRestFace();

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
    const response = await fetch(url() + insertPath, {
      method: "POST",
      headers: { authorization },
      body: '{"collectionName":"book","data":[{"id":1,"vector":[1,2]},{"id":2}]}',
    });
    expect(JSON.parse(response.headers.get("recordgate-violations") ?? "")).toEqual([
      { recordIndex: 1, field: "vector", rule: "required", message: "field vector is required: missing parameter" },
    ]);
  });

  test("reads names and passwords beyond ASCII in every form of the header", async () => {
    await app().grantAccess("milvus", { users: [{ name: "ü", password: "пароль" }] });
    const bytes = (header: string): Buffer =>
      Buffer.from(
        `POST ${insertPath} HTTP/1.1\r\nhost: x\r\nauthorization: ${header}\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}`,
      );
    for (const header of ["Bearer ü:пароль", "ü:пароль", `Basic ${Buffer.from("ü:пароль").toString("base64")}`]) {
      expect(await exchange(url(), [bytes(header)])).toContain('{"code":1802');
    }
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
      await listed.manageCollections.create(systemRequest, "dingtalk", definition);
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
    const head = await fetch(`${url()}/api/v1/tables/a.b.c/nothing`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([404, ""]);
    expect(JSON.parse(decodeURIComponent(head.headers.get("x-redivis-error-payload") ?? ""))).toMatchObject({
      status: 404,
      error: "not_found",
    });
    const options = await fetch(`${url()}/milvus/anything`, { method: "OPTIONS" });
    expect([options.status, await options.text(), options.headers.get("access-control-allow-origin")]).toEqual([
      204,
      "",
      "*",
    ]);
  });
});
