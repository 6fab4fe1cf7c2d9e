import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createHttpTransport } from "../../../src/contract/client/http/http-transport.js";
import { sendByFetch } from "../../../src/contract/client/http/send-by-fetch.js";
import type { ContractRequest, Transport } from "../../../src/contract/message.js";
import { violationsHeader, writeViolations } from "../../../src/contract/violations-header.js";
import { programScope } from "../../../src/core/request-scope.js";

const request: ContractRequest = {
  method: "POST",
  path: "/v1/a%2Fb",
  query: { ids: ["1", "a&b"], x: "ü" },
  headers: { authorization: "Bearer k" },
  body: { kind: "value", value: { n: 9007199254740993n } },
  scope: programScope,
};

interface Sent {
  readonly url: string;
  readonly init: RequestInit | undefined;
}

function answering(response: () => Response): { readonly sent: Sent[]; readonly fetch: typeof fetch } {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: (url, init) => {
      if (typeof url !== "string") throw new Error("the transport builds its URL as text");
      sent.push({ url, init });
      return Promise.resolve(response());
    },
  };
}

describe("a request", () => {
  it("goes to the base URL as it is given, with repeated parameters and every digit", async () => {
    const { sent, fetch } = answering(() => new Response("{}"));
    await openTransport("https://example.test/prefix/", fetch)(request, AbortSignal.timeout(1000));
    expect(sent[0]?.url).toBe("https://example.test/prefix/v1/a%2Fb?ids=1&ids=a%26b&x=%C3%BC");
    expect(sent[0]?.init).toMatchObject({
      method: "POST",
      body: '{"n":9007199254740993}',
      redirect: "manual",
      headers: { "content-type": "application/json", authorization: "Bearer k" },
    });
  });

  it.each(["https://example.test/v1", "https://example.test/v1/", "https://example.test"])(
    "does not repeat what %s has of the contract's path",
    async (baseUrl) => {
      const { sent, fetch } = answering(() => new Response("{}"));
      await openTransport(baseUrl, fetch, "/v1")({ ...request, query: {} }, AbortSignal.timeout(1000));
      expect(sent[0]?.url).toBe("https://example.test/v1/a%2Fb");
    },
  );

  it("without a body says nothing about its type", async () => {
    const { sent, fetch } = answering(() => new Response("{}"));
    await openTransport("https://example.test", fetch)(
      { ...request, method: "GET", query: {}, headers: {}, body: { kind: "none" } },
      AbortSignal.timeout(1000),
    );
    expect(sent).toEqual([
      { url: "https://example.test/v1/a%2Fb", init: expect.objectContaining({ body: null, headers: {} }) as unknown },
    ]);
  });
});

describe("a reply", () => {
  it("keeps every digit, and its violations", async () => {
    const violations = [{ recordIndex: 0, rule: "type", message: "数" }];
    const { fetch } = answering(
      () =>
        new Response('{"n":9007199254740993}', {
          status: 400,
          headers: { [violationsHeader]: writeViolations(violations) },
        }),
    );
    const reply = await openTransport("https://example.test", fetch)(request, AbortSignal.timeout(1000));
    expect(reply).toMatchObject({ status: 400, body: { n: 9007199254740993n }, violations });
  });

  it.each([
    ["<html>", "<html>"],
    ["", undefined],
    ["1e400", "1e400"],
  ])("of %j is kept as it is", async (text, body) => {
    const { fetch } = answering(() => new Response(text));
    expect((await openTransport("https://example.test", fetch)(request, AbortSignal.timeout(1000))).body).toBe(body);
  });
});

describe("a lost connection", () => {
  it("before anything was sent is told apart", async () => {
    const { baseUrl, close } = await listen(() => undefined);
    await close();
    await expect(send(baseUrl)).rejects.toMatchObject({ name: "TransportError", sent: false });
  });

  it("after the request arrived leaves the outcome open", async () => {
    const { baseUrl } = await listen((incoming) => incoming.socket.destroy());
    await expect(send(baseUrl)).rejects.toMatchObject({ name: "TransportError", sent: true });
  });

  it("within the reply leaves the outcome open", async () => {
    const { baseUrl } = await listen((_incoming, outgoing) => {
      outgoing.writeHead(200, { "content-length": "100" });
      outgoing.write('{"count":', () => outgoing.destroy());
    });
    await expect(send(baseUrl)).rejects.toMatchObject({ name: "TransportError", sent: true });
  });

  it("by our own giving up leaves the outcome open", async () => {
    const { baseUrl } = await listen(() => undefined);
    await expect(send(baseUrl, AbortSignal.timeout(50))).rejects.toMatchObject({ name: "TransportError", sent: true });
  });

  it("never shows the address or the credentials", async () => {
    const { baseUrl } = await listen((incoming) => incoming.socket.destroy());
    const error: unknown = await send(baseUrl).catch((caught: unknown) => caught);
    expect(error instanceof Error && error.message).not.toMatch(/127|Bearer/);
  });
});

it("does not follow a redirect, which would repeat the write elsewhere", async () => {
  const { baseUrl } = await listen((_incoming, outgoing) => outgoing.writeHead(307, { location: "/elsewhere" }).end());
  expect(await send(baseUrl)).toMatchObject({ status: 307 });
});

function openTransport(baseUrl: string, fetch: typeof globalThis.fetch, basePath?: string): Transport {
  return createHttpTransport({
    ...{ baseUrl, basePath, send: sendByFetch(fetch) },
    ...{ callTimeoutMs: 5000, maxReplyBytes: 1000 },
  });
}

function send(baseUrl: string, signal = AbortSignal.timeout(5000)): Promise<unknown> {
  return openTransport(baseUrl, fetch)(request, signal);
}

async function listen(answer: RequestListener): Promise<{ baseUrl: string; close: () => Promise<void> }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  // Listening on TCP, so the address is no pipe's name.
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, close };
}
