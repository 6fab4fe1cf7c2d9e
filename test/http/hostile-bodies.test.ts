import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { exchange, post } from "./raw-http.js";
import { insertOf, insertText, serve, type Served } from "./serve.js";

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());
afterEach(async () => {
  // Whatever was sent, the server goes on.
  expect((await served.ask({ query: "{ recordProviders { id } }" })).status).toBe(200);
  expect(served.world.logged).toEqual([]);
});

function errorOf(code: string, message: string) {
  return { errors: [{ message: expect.stringContaining(message) as string, extensions: { code } }] };
}

describe("a body that is refused before GraphQL", () => {
  it.each([
    ["malformed JSON", '{"query":', 400, "BAD_REQUEST", "the body is not JSON"],
    ["no JSON at all", "query { recordProviders { id } }", 400, "BAD_REQUEST", "the body is not JSON"],
    ["NaN", insertOf('[{"a":NaN}]'), 400, "BAD_REQUEST", "the body is not JSON"],
    ["Infinity", insertOf('[{"a":Infinity}]'), 400, "BAD_REQUEST", "the body is not JSON"],
    ["1e400", insertOf('[{"a":1e400}]'), 400, "BAD_REQUEST", "the number 1e400 is out of range"],
    ["an integer of 400 digits", insertOf(`[{"a":${"9".repeat(400)}}]`), 400, "BAD_REQUEST", "out of range"],
    ["nothing", "", 400, "BAD_REQUEST", "POST body missing"],
    ["null", "null", 400, "BAD_REQUEST", "POST body missing"],
    ["a text", '"x"', 400, "BAD_REQUEST", "POST body missing"],
    ["a number", "1", 400, "BAD_REQUEST", "POST body missing"],
    ["an empty object", "{}", 400, "BAD_REQUEST", "POST body missing"],
    ["a batch", `[{"query":"{ recordProviders { id } }"},{"query":"{ recordProviders { id } }"}]`, 400, "BAD_REQUEST", "batching disabled"],
    ["a query that is no text", '{"query":{"a":1}}', 400, "BAD_REQUEST", "queries must be strings"],
    ["no query", '{"variables":{}}', 400, "BAD_REQUEST", "non-empty `query`"],
    ["variables that are no object", '{"query":"{ recordProviders { id } }","variables":[1]}', 400, "BAD_REQUEST", "`variables`"],
    ["1,999 levels as the query", `{"query":${"[".repeat(1999)}${"]".repeat(1999)}}`, 400, "BAD_REQUEST", "must be strings"],
    ["2,000 levels as the body", `${"[".repeat(2000)}${"]".repeat(2000)}`, 400, "BAD_REQUEST", "batching disabled"],
    ["2,001 levels", `${"[".repeat(2001)}${"]".repeat(2001)}`, 400, "BAD_REQUEST", "the body is not JSON: the text nests deeper than 2000 levels"],
    ["100,000 levels", insertOf(`[{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}]`), 400, "BAD_REQUEST", "nests deeper than 2000 levels"],
    ["an operation 50,000 levels deep", JSON.stringify({ query: "{a".repeat(50_000) }), 400, "GRAPHQL_PARSE_FAILED", "nested deeper than 200 levels"],
  ])("%s", async (_name, body, status, code, message) => {
    expect(await served.ask(body)).toMatchObject({ status, body: errorOf(code, message) });
  });

  it("broken UTF-8", async () => {
    const body = Buffer.concat([Buffer.from('{"query":"{ recordProviders { id } } # '), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    expect(await served.ask(body)).toMatchObject({ status: 400, body: errorOf("BAD_REQUEST", "the body is not valid UTF-8") });
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/graphql", "nonsense"])("%s", async (type) => {
    const answer = await served.ask('{"query":"{ recordProviders { id } }"}', { "content-type": type });
    expect(answer).toMatchObject({ status: 415, body: errorOf("UNSUPPORTED_MEDIA_TYPE", "application/json is expected") });
  });

  it("a compressed body", async () => {
    const answer = await served.ask('{"query":"{ recordProviders { id } }"}', { "content-encoding": "gzip" });
    expect(answer).toMatchObject({ status: 415, body: errorOf("UNSUPPORTED_MEDIA_TYPE", "send the body without encoding") });
  });

  it("more bytes than are taken, announced", async () => {
    const answer = await exchange(served.url, [post("x".repeat(10), { "content-length": "1000001" })]);
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain('{"errors":[{"message":"the body is larger than 1000000 bytes","extensions":{"code":"PAYLOAD_TOO_LARGE"}}]}');
  });

  it("more bytes than are taken, not announced", async () => {
    const head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    const chunk = `10000\r\n${" ".repeat(0x10000)}\r\n`;
    const answer = await exchange(served.url, [head, ...Array.from({ length: 20 }, () => chunk)], { pauseMs: 2 });
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain("PAYLOAD_TOO_LARGE");
  });

  it("a Host header that is no host", async () => {
    const answer = await exchange(served.url, [post('{"query":"{ recordProviders { id } }"}', { host: "a b[" })]);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });
});

describe("a body that is taken", () => {
  const records = () => served.world.commands.at(-1)?.records;

  it("keeps every digit of an integer", async () => {
    await served.ask(insertOf('[{"big":9223372036854775807,"negative":-9223372036854775808,"safe":9007199254740991}]'));
    expect(records()).toEqual([{ big: 9223372036854775807n, negative: -9223372036854775808n, safe: 9007199254740991 }]);
  });

  it("has __proto__ as a plain key, and the last of a repeated one", async () => {
    await served.ask(insertOf('[{"__proto__":{"polluted":true},"constructor":1,"a":1,"a":2}]'));
    expect(JSON.stringify(records())).toBe('[{"__proto__":{"polluted":true},"constructor":1,"a":2}]');
    expect({}).not.toHaveProperty("polluted");
  });

  it("has its size told to whoever checks limits", async () => {
    const body = insertOf('[{"title":"Éma"}]');
    await served.ask(body);
    expect(served.world.commands.at(-1)?.origin?.carrierBytes).toBe(Buffer.byteLength(body));
  });

  it("may arrive in pieces, cut within a character", async () => {
    const body = Buffer.from(insertOf('[{"title":"日本"}]'));
    const cut = body.indexOf("日") + 1;
    const pieces = [body.subarray(0, cut), body.subarray(cut)].map((piece) => Buffer.concat([Buffer.from(`${piece.byteLength.toString(16)}\r\n`), piece, Buffer.from("\r\n")]));
    const head = "POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n";
    const answer = await exchange(served.url, [head, ...pieces, "0\r\n\r\n"], { pauseMs: 10 });
    expect(answer).toContain('"insertedCount":1');
    expect(records()).toEqual([{ title: "日本" }]);
  });

  it("may nest as deeply as JSON may", async () => {
    // Body, variables, records and record are levels too.
    const deep = `${'{"v":'.repeat(1996)}1${"}".repeat(1996)}`;
    const { body } = await served.ask(insertOf(`[{"ok":1},{"far":${deep}}]`));
    expect(body).toMatchObject({ data: { insertRecords: { insertedCount: 2 } } });
  });

  it.each([
    ["null", "null"],
    ["a text", '["x"]'],
    ["a list", "[[{}]]"],
    ["missing", "null"],
  ])("may hold records that are none: %s", async (_name, given) => {
    expect(await served.ask(insertOf(given))).toMatchObject({ status: 200, body: { errors: [{ extensions: { code: "BAD_USER_INPUT" } }] } });
  });

  it("may hold variables that no operation names", async () => {
    const answer = await served.ask({ query: "{ recordProviders { id } }", variables: { unknown: { deep: [1] }, __proto__: 1 } });
    expect(answer).toMatchObject({ status: 200, body: { data: { recordProviders: [{ id: "shelf" }] } } });
  });

  it("is not quoted back at length", async () => {
    const { body } = await served.ask({ query: insertText, variables: { records: "x".repeat(900_000) } });
    expect(JSON.stringify(body).length).toBeLessThan(2000);
  });
});
