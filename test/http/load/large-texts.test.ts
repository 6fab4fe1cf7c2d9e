import fastify from "fastify";
import { expect, test } from "vitest";
import { sendLargeTextsAsBytes } from "../../../src/http/load/large-texts.js";

test.each([
  ["small", 10],
  ["large", 600_000],
])("a %s text arrives as it was, with its length in bytes", async (_name, count) => {
  const text = "é€".repeat(count);
  const server = fastify();
  server.get("/", { onSend: sendLargeTextsAsBytes }, () => text);
  const { payload, headers } = await server.inject("/");
  expect(payload === text).toBe(true);
  expect(headers["content-length"]).toBe(String(5 * count));
  expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
  await server.close();
});

test("other requests have a turn before a large text is encoded", async () => {
  const order: string[] = [];
  const server = fastify();
  server.get("/large", { onSend: sendLargeTextsAsBytes }, () => "x".repeat(2_000_000));
  const large = server.inject("/large").then(() => order.push("large"));
  setImmediate(() => setImmediate(() => order.push("other")));
  await large;
  expect(order).toEqual(["other", "large"]);
  await server.close();
});
