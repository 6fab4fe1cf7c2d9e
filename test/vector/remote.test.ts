import { describe, expect, it } from "vitest";
import { fixedCredential } from "../../src/contract/credential-source.js";
import { createHttpTransport } from "../../src/contract/client/http/http-transport.js";
import { sendByFetch } from "../../src/contract/client/http/send-by-fetch.js";
import { openUpstream } from "../service/open-upstream.js";
import { zilliz } from "../../src/providers/zilliz/index.js";
import { writeOver } from "../service/write-over.js";

interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A server that answers every call the same. `undefined` reads the request and hangs up. */
function scripted(answer: { readonly status?: number; readonly body: string } | undefined) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const request = new Request(url, init);
    sent.push({ url: request.url, headers: request.headers, body: await request.text() });
    if (answer === undefined) throw new TypeError("fetch failed", { cause: new Error("other side closed") });
    return new Response(answer.body, { status: answer.status ?? 200 });
  };
  const transport = createHttpTransport({
    ...{ baseUrl: "https://cluster.example:19530/", send: sendByFetch(fetch) },
    ...{ callTimeoutMs: 5000, maxReplyBytes: 10_000 },
  });
  const writeThrough = writeOver(zilliz, transport, {
    upstream: openUpstream({ credentials: fixedCredential("root:Milvus") }),
  });
  const command = {
    target: { collectionName: "book" },
    records: [{ book_id: 9007199254740993n, book_intro: [0.1, 0.2] }],
  };
  const write = (operation: "insertRecords" | "upsertEntities") => writeThrough(operation, command);
  return { sent, write };
}

describe("a call of the real service", () => {
  it("carries the credentials, asks for ids as text and keeps every digit", async () => {
    const { sent, write } = scripted({
      body: '{"code":200,"data":{"insertCount":1,"insertIds":[449579834597179393]}}',
    });
    expect(await write("insertRecords")).toMatchObject({ status: "stored", count: 1, ids: ["449579834597179393"] });
    expect(sent[0]?.url).toBe("https://cluster.example:19530/v1/vector/insert");
    expect(sent[0]?.body).toBe(
      '{"collectionName":"book","data":[{"book_id":9007199254740993,"book_intro":[0.1,0.2]}]}',
    );
    expect(sent[0]?.headers.get("authorization")).toBe("Bearer root:Milvus");
    expect(sent[0]?.headers.get("accept-type-allow-int64")).toBe("false");
    expect(sent[0]?.headers.get("content-type")).toBe("application/json");
  });

  it.each([
    ["9007199254740993.0", "9007199254740993"],
    ["9.007199254740994e15", "9007199254740994"],
    ["-0.0", "0"],
    ["1.0000000000000000001", undefined],
    ["1.5", undefined],
    ["1e30", undefined],
  ])("reads the id %s by its digits", async (written, id) => {
    const { write } = scripted({ body: `{"code":200,"data":{"insertCount":1,"insertIds":[${written}]}}` });
    const receipt = write("insertRecords");
    if (id === undefined) await expect(receipt).rejects.toMatchObject({ details: { kind: "internal" } });
    else await expect(receipt).resolves.toMatchObject({ status: "stored", ids: [id] });
  });

  it.each<[string, { status?: number; body: string } | undefined, object]>([
    [
      "a code as text",
      { body: '{"code":"1804","message":"fail to deal the insert data, error: x"}' },
      { kind: "invalid-input", retry: "no", upstream: { code: "1804" } },
    ],
    [
      "code 200 with a message",
      { body: '{"code":200,"message":"partition not found[partition=p]"}' },
      { kind: "not-found", retry: "no" },
    ],
    [
      "two objects in one body",
      { body: '{"code":8,"message":"M, error: M"}{"code":8,"message":"M"}' },
      { kind: "rate-limited", retry: "yes", message: "M, error: M" },
    ],
    [
      "wrong credentials",
      { status: 401, body: '{"code":1800,"message":"user hasn\'t authenticated"}' },
      { kind: "unauthenticated", upstream: { httpStatus: 401 } },
    ],
    [
      "the cloud's unknown collection",
      { body: '{"code":90001,"message":"The collection xxx does not exist."}' },
      { kind: "not-found", upstream: { code: "90001" } },
    ],
    [
      "ids of another kind",
      { body: '{"code":200,"data":{"insertCount":1,"insertIds":[{}]}}' },
      { kind: "internal", outcome: "unknown" },
    ],
    [
      "a page",
      { status: 502, body: "<html></html>" },
      { kind: "unavailable", retry: "only-if-idempotent", outcome: "unknown", upstream: { httpStatus: 502 } },
    ],
    ["a lost connection", undefined, { kind: "unavailable", retry: "only-if-idempotent", outcome: "unknown" }],
  ])("reads %s", async (_name, answer, details) => {
    await expect(scripted(answer).write("insertRecords")).rejects.toMatchObject({ details });
  });

  it("may be repeated after a lost connection only when it is an upsert", async () => {
    const { write } = scripted(undefined);
    await expect(write("insertRecords")).rejects.toMatchObject({ safeToResend: false });
    await expect(write("upsertEntities")).rejects.toMatchObject({ safeToResend: true });
  });
});
