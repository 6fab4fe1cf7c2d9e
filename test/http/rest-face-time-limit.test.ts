import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { authorization, useRestFace } from "./use-rest-face.js";

const { app, url, send, storedCount } = useRestFace();
const insertPath = "/v2/vectordb/entities/insert";
const rowOf = (id: number): string => `{"collectionName":"book","data":[{"id":${id},"vector":[1,2]}]}`;
const late = '{"code":10001,"message":"request timeout"}';

test("a call is answered when its time is over while its body arrives, and writes nothing when the body has arrived", async () => {
  const body = rowOf(80);
  const request = httpRequest(url() + insertPath, {
    method: "POST",
    headers: { authorization, "request-timeout": "1", "content-length": Buffer.byteLength(body) },
  });
  request.write(body.slice(0, 20));
  const [response] = (await once(request, "response")) as [IncomingMessage];
  expect(response.statusCode).toBe(408);
  expect(response.headers["content-type"]).toBe("application/json; charset=utf-8");
  expect(await text(response)).toBe(late);
  const before = await storedCount();
  request.end(body.slice(20));
  expect(await send(rowOf(81), { "request-timeout": "120" }, insertPath)).toMatch(/^200 \{"code":0,/);
  expect(await storedCount()).toBe(before + 1);
});

test("a call without time is answered before its body is read", async () => {
  const before = await storedCount();
  expect(await send(rowOf(82), { "request-timeout": "0" }, insertPath)).toBe(`408 ${late}`);
  expect(await send("not JSON", { "request-timeout": "0" }, insertPath)).toBe(`408 ${late}`);
  expect(await storedCount()).toBe(before);
});

test("a write through GraphQL has its own deadline, and the header of the face no effect", async () => {
  const query = `mutation { insertRecords(input: { target: { milvus: { collectionName: "book" } }, records: [{ id: 83, vector: [1, 2] }] }) {
    __typename } }`;
  const response = await app().fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", authorization, "request-timeout": "0" },
    body: JSON.stringify({ query }),
  });
  expect(await response.json()).toEqual({ data: { insertRecords: { __typename: "InsertRecordsSuccess" } } });
});
