import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { exchange } from "./raw-http.js";
import { authorization, insertPath, rowOf, useRestFace } from "./use-rest-face.js";

const { url, send, storedCount } = useRestFace();

describe("a REST face", () => {
  test("takes a body in pieces and without a length, cut within a character", async () => {
    const bytes = Buffer.from('{"collectionName":"book","data":{"id":20,"vector":[1,2],"name":"日"}}');
    const at = bytes.indexOf(0xe6) + 1;
    const pieces = [bytes.subarray(0, at), bytes.subarray(at)].flatMap((part) => [
      `${part.byteLength.toString(16)}\r\n`,
      part,
      "\r\n",
    ]);
    const head = `POST ${insertPath} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n`;
    expect(await exchange(url(), [head, ...pieces, "0\r\n\r\n"], { pauseMs: 10 })).toContain('"insertIds":[20]');
  });

  test("refuses broken UTF-8 and encoded bodies as no JSON", async () => {
    const head = [`POST ${insertPath} HTTP/1.1`, "host: x", `authorization: ${authorization}`, "connection: close"];
    const broken = Buffer.concat([Buffer.from('{"collectionName":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const answer = await exchange(url(), [
      `${[...head, `content-length: ${broken.byteLength}`].join("\r\n")}\r\n\r\n`,
      broken,
    ]);
    expect(answer).toContain(
      '{"code":1801,"message":"can only accept json format request, error: the body is not valid UTF-8"}',
    );
  });

  test("names the encoding of a body that it cannot read", async () => {
    const head = [`POST ${insertPath} HTTP/1.1`, "host: x", `authorization: ${authorization}`, "connection: close"];
    const zipped = gzipSync('{"collectionName":"book"}');
    const lines = [...head, "content-encoding: gzip", `content-length: ${zipped.byteLength}`];
    expect(await exchange(url(), [`${lines.join("\r\n")}\r\n\r\n`, zipped])).toContain(
      'error: the content encoding \\"gzip\\" is not supported: send the body without encoding',
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
      exchange(url(), [[`POST ${path} HTTP/1.1`, "host: x", "content-length: 100", ...lines, "", ""].join("\r\n")], {
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
    expect(await exchange(url(), [question("Bearer no:body"), question(authorization)], { pauseMs: 20 })).toMatch(
      /^HTTP\/1\.1 401 [\s\S]*HTTP\/1\.1 200 [\s\S]*"insertIds":\[90\]/,
    );
  });

  test("stores nothing for a client that goes away within its body", async () => {
    const before = await storedCount();
    const body = rowOf(40);
    await exchange(
      url(),
      [
        `POST ${insertPath} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-length: ${body.length + 1}\r\n\r\n`,
        body,
      ],
      { silenceMs: 50 },
    );
    expect(await storedCount()).toBe(before);
  });
});
