import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { FrontedResponse } from "../../../src/http/front/fronted-response.js";

const front = { "x-content-type-options": "nosniff", vary: "Origin" };
let close: () => void = () => undefined;

afterEach(() => close());

async function answer(
  respond: (response: FrontedResponse) => void,
  { isLast = () => false }: { readonly isLast?: () => boolean } = {},
): Promise<Response> {
  const listener: RequestListener<typeof IncomingMessage, typeof FrontedResponse> = (_request, response) => {
    response.front = { headers: front, isLast };
    respond(response);
  };
  const server = createServer({ ServerResponse: FrontedResponse }, listener);
  close = () => void server.close();
  await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens));
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

it.each<[string, (response: FrontedResponse) => void, string]>([
  ["without a head", (response) => response.end("body"), "Origin"],
  ["with a status alone", (response) => response.writeHead(200).end(), "Origin"],
  ["with headers", (response) => response.writeHead(200, { "x-own": "1" }).end(), "Origin"],
  ["with a message", (response) => response.writeHead(200, "Fine", { "x-own": "1" }).end(), "Origin"],
  ["with a list of headers", (response) => response.writeHead(200, ["x-own", "1"]).end(), "Origin"],
  ["with a header set before", (response) => response.setHeader("x-own", "1").end(), "Origin"],
  ["with the same Vary", (response) => response.writeHead(200, { vary: "Origin" }).end(), "Origin"],
  ["with another Vary", (response) => response.writeHead(200, { vary: "Accept" }).end(), "Accept, Origin"],
])("an answer has the headers of the front: %s", async (_what, respond, vary) => {
  const { headers, status } = await answer(respond);
  expect([status, headers.get("x-content-type-options"), headers.get("vary")]).toEqual([200, "nosniff", vary]);
  expect(headers.get("connection")).toBe("keep-alive");
});

it.each([
  ["a list", ["x-own", "1"]],
  ["an object", { "x-own": "1" }],
])(
  "the answer is the last of its connection if the server began to close before its head: %s",
  async (_what, given) => {
    let closing = false;
    const { headers } = await answer(
      (response) => {
        closing = true;
        response.writeHead(200, given).end();
      },
      { isLast: () => closing },
    );
    expect([headers.get("connection"), headers.get("x-own")]).toEqual(["close", "1"]);
  },
);

it("an answer that another rule closes stays closed", async () => {
  const { headers } = await answer((response) => response.writeHead(200, { connection: "close" }).end());
  expect(headers.get("connection")).toBe("close");
});
