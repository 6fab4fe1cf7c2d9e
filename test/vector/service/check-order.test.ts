import { describe, expect, it } from "vitest";
import type { Headers } from "../../../src/contract/message.js";
import type { JsonObject } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector, type VectorService } from "../vector-service.js";
import { book, generated, row } from "../book.js";

const openMilvus = useVector(milvus);
const upsert = "/v1/vector/upsert";

describe("the order of the checks", () => {
  const faults: readonly [string, Parameters<VectorService["send"]>[0], JsonObject | string][] = [
    ["credentials before the path", { headers: {}, path: "/v1/vector/nope" }, { code: 1800 }],
    ["credentials before the size", { headers: {}, body: {}, sizeBytes: 2 ** 30 }, { code: 1800 }],
    ["the path before the body", { path: "/v1/vector/nope", bodyProblem: "EOF" }, "404 page not found"],
    ["the size before the body", { bodyProblem: "EOF", sizeBytes: 2 ** 30 }, { code: 1102 }],
    ["JSON before what is missing", { body: { data: 5 } }, { code: 1801 }],
    ["what is missing before the row cap", { body: { data: [{}, {}, {}] } }, { code: 1802 }],
    [
      "the row cap before the database",
      { body: { dbName: "nope", collectionName: "a-b", data: [{}, {}, {}] } },
      { code: 90109 },
    ],
    ["the database before the name", { body: { dbName: "nope", collectionName: "a-b", data: [{}] } }, { code: 800 }],
    ["the name before the collection", { body: { collectionName: "a-b", data: [{}] } }, { code: 1100 }],
    ["the collection before the rows", { body: { collectionName: "nope", data: [] } }, { code: 100 }],
    [
      "the autoID key before the rows",
      { path: upsert, body: { collectionName: "book", data: [null] } },
      { code: 1100 },
    ],
    ["the rows at last", { body: { collectionName: "book", data: [null] } }, { code: 1804 }],
  ];

  it.each(faults)("%s", async (_name, request, body) => {
    const service = openMilvus({ settings: { INSERT_MAX_RECORDS: 2 } });
    await service.create(generated);
    const reply = await service.send(request);
    expect(reply.body).toEqual(typeof body === "string" ? body : expect.objectContaining(body));
  });

  it("tells a caller without the privilege before the database is looked at", async () => {
    const service = openMilvus();
    await service.saveCaller("reader:secret", { principal: "reader", scopes: ["Upsert"], grants: "all" });
    await service.saveCaller("guest:secret", { principal: "guest", scopes: "all", grants: ["library"] });
    const body = { dbName: "nope", collectionName: "a-b", data: [] };
    const send = (secret: string, path = "/v1/vector/insert") =>
      service.send({ path, body, headers: { authorization: `Bearer ${secret}` } });
    const message = (privilege: string, user: string) =>
      `rpc error: code = PermissionDenied desc = ${privilege}: permission deny to ${user} in the \`nope\` database`;
    expect(await send("reader:secret")).toMatchObject({
      status: 403,
      body: { code: 65535, message: message("PrivilegeInsert", "reader") },
    });
    expect(await send("reader:secret", upsert)).toMatchObject({ status: 200, body: { code: 800 } });
    expect(await send("guest:secret", upsert)).toMatchObject({
      status: 403,
      body: { message: message("PrivilegeUpsert", "guest") },
    });
  });
});

describe("credentials", () => {
  const basic = (secret: string): string => `Basic ${Buffer.from(secret).toString("base64")}`;

  it.each(["Bearer root:Milvus", "root:Milvus", "bearer  root:Milvus", basic("root:Milvus"), "Bearer key-1"])(
    "are taken as %s",
    async (authorization) => {
      const service = openMilvus();
      await service.saveCaller("key-1", { principal: "key", scopes: "all", grants: "all" });
      await service.create(book);
      expect(
        await service.send({ headers: { authorization }, body: { collectionName: "book", data: row(1) } }),
      ).toMatchObject({ status: 200, body: { code: 200 } });
    },
  );

  it.each([
    "",
    "Bearer",
    "Bearer ",
    "Bearer root",
    "Bearer root:milvus",
    "root",
    "Basic",
    "Basic !",
    basic("root"),
    "Digest x",
  ])("are refused as %j", async (authorization) => {
    const reply = await openMilvus().send({ headers: { authorization } });
    expect(reply).toMatchObject({ status: 401, body: { code: 1800, message: "user hasn't authenticated" } });
    expect(reply.headers["www-authenticate"]).toBe(
      authorization.startsWith("Basic") ? 'Basic realm="restricted", charset="UTF-8"' : undefined,
    );
  });

  it("may be anything or missing with authorization off", async () => {
    const service = openMilvus({ authorization: "off" });
    await service.create(book);
    const all: readonly Headers[] = [{}, { authorization: "nonsense" }, { authorization: "Bearer x" }];
    for (const headers of all) {
      expect(await service.send({ headers, body: { collectionName: "book", data: row(1) } })).toMatchObject({
        body: { code: 200 },
      });
    }
  });
});

describe("paths and methods", () => {
  it("answer OPTIONS anywhere, to anybody, with the CORS headers alone", async () => {
    const { send } = openMilvus();
    const reply = await send({ method: "OPTIONS", path: "/v1/anything", headers: {} });
    expect(reply).toMatchObject({
      status: 204,
      body: undefined,
      headers: { "access-control-allow-origin": "*", "access-control-allow-credentials": "true" },
    });
  });

  it("are unknown in plain text", async () => {
    const { send } = openMilvus();
    const reply = await send({ method: "PUT" });
    expect(reply).toMatchObject({
      status: 404,
      body: "404 page not found",
      headers: { "content-type": "text/plain", "access-control-allow-origin": "*" },
    });
  });
});
