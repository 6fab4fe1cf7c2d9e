import { describe, expect, test } from "vitest";
import { exchange } from "./raw-http.js";
import { authorization, insertPath, rowOf, useRestFace } from "./use-rest-face.js";

const { url, raw } = useRestFace();

describe("what goes wrong before a contract is found is told in the provider's dialect", () => {
  test.each([
    ["a path badly encoded", "/milvus/v1/%ZZ", /^404 page not found$/],
    ["another one", "/dingtalk/v1.0/notable/bases/%E6%97/sheets/x/records", /"code":"InvalidAction\.NotFound"/],
    ["at the root", "/api/v1/%", /"error":"not_found"/],
    ["a path of another version", "/v2/database/import/records", /"code":\d+/],
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
    expect(await exchange(url(), [`${whole(80)}GARBAGE\r\n\r\n`])).toMatch(expected(80));
    expect(
      await exchange(
        url(),
        [whole(81, "recordgate-fault: delay=200\r\n"), "POST /v1/vector/insert HTTP/1.1\r\nbad header\r\n\r\n"],
        { pauseMs: 50 },
      ),
    ).toMatch(expected(81));
    expect(await exchange(url(), [whole(82).replace(/content-length: \d+/, "content-length: 5")])).toMatch(
      /^HTTP\/1\.1 200 [\s\S]*"code":1801,[\s\S]*HTTP\/1\.1 400 /,
    );
  });

  test("a target in absolute form, HTTP/1.0 without Host, and an expectation that nobody knows are served", async () => {
    const body = rowOf(50);
    const lines = [`authorization: ${authorization}`, "connection: close", `content-length: ${body.length}`];
    expect(await raw([`POST http://elsewhere.test${insertPath} HTTP/1.1`, "host: x", ...lines], body)).toContain(
      '"insertIds":[50]',
    );
    expect(await raw([`POST ${insertPath} HTTP/1.0`, ...lines], body)).toContain('"insertIds":[50]');
    expect(await raw([`POST ${insertPath} HTTP/1.1`, "host: x", "expect: miracles", ...lines], body)).toContain(
      '"insertIds":[50]',
    );
  });
});
