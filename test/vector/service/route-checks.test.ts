import { describe, expect, it } from "vitest";
import type { LooseRequest } from "../../contract/loose-request.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector } from "../vector-service.js";
import { labelledRoutes } from "./routes.js";

const openMilvus = useVector(milvus);
const root = "/v1/vector";

describe("the order of the checks at", () => {
  const failures = { INSERT_MAX_BYTES: 1000, UPSERT_MAX_BYTES: 1000, REQUEST_MAX_BYTES: 1000 };

  it.each(labelledRoutes)("%s", async (_path, { privilege, ask, named, codes = [800, 1100] }) => {
    const service = openMilvus({ settings: failures });
    await service.saveCaller("guest:secret", { principal: "guest", scopes: ["Nothing"], grants: "all" });
    const guest = { authorization: "Bearer guest:secret" };
    const codeOf = async (request: LooseRequest) => (await service.send(request)).body;
    expect(await codeOf({ ...ask("a-b", "nope"), headers: {}, sizeBytes: 1001 })).toMatchObject({ code: 1800 });
    expect(await codeOf({ ...ask("a-b", "nope"), headers: guest, sizeBytes: 1001 })).toMatchObject({
      code: 1102,
      message: expect.stringMatching(/^parameter too large\[message=/) as string,
    });
    if (named) expect(await codeOf({ ...ask("", "nope"), headers: guest })).toMatchObject({ code: 1802 });
    expect(await codeOf({ ...ask("a-b", "nope"), headers: guest })).toEqual({
      code: 65535,
      message: `rpc error: code = PermissionDenied desc = Privilege${privilege}: permission deny to guest in the \`nope\` database`,
    });
    const isV2 = ask("a-b").path?.startsWith("/v2/") === true;
    const message = isV2 ? "database not found[database=nope]" : "database not found, database: nope";
    const [database, name] = codes;
    const both = await codeOf(ask("a-b", "nope"));
    expect(both).toMatchObject({ code: isV2 && named && name === 1100 ? name : database });
    const inUnknown = await codeOf(ask("book", "nope"));
    if (database === 800) expect(inUnknown).toEqual({ code: 800, message });
    else expect(inUnknown).toMatchObject({ code: database });
    if (!named) return;
    const malformed = await codeOf(ask("a-b"));
    const text = expect.stringContaining("collection name can only contain") as string;
    expect(malformed).toMatchObject(name === 1100 ? { code: name, message: text } : { code: name });
  });
});

describe("what is no request at", () => {
  const posts = labelledRoutes.filter(([, { ask }]) => ask("").method !== "GET");

  it.each(posts)("%s is told from what is missing", async (_path, { ask, named }) => {
    const { send } = openMilvus();
    const codeOf = async (request: LooseRequest) => (await send({ ...ask("a"), ...request })).body;
    expect(await codeOf({ body: undefined, bodyProblem: "unexpected end" })).toEqual({
      code: 1801,
      message: "can only accept json format request, error: unexpected end",
    });
    const bodies: readonly JsonValue[] = [[], "x", 5, true, { dbName: 5 }];
    for (const body of bodies) expect(await codeOf({ body })).toMatchObject({ code: 1801 });
    const isV2 = ask("a").path?.startsWith("/v2/") === true;
    expect(await codeOf({ body: undefined })).toEqual({
      code: 1801,
      message: isV2
        ? "can only accept json format request, the request body should be nil, however {} is valid"
        : "can only accept json format request, error: EOF",
    });
    if (!named) return;
    const missing: readonly JsonValue[] = [null, {}, { collectionName: "" }, { collectionName: null }];
    for (const body of missing) expect(await codeOf({ body })).toMatchObject({ code: 1802 });
    expect(await codeOf({ body: { collectionName: 5 } })).toMatchObject({
      code: 1801,
      message: expect.stringContaining("collectionName is of the wrong JSON type") as string,
    });
  });

  it.each<[string, JsonObject, string]>([
    ["collections/create", { dimension: 2 }, "collectionName, dimension"],
    ["collections/create", { collectionName: "a", dimension: 0 }, "collectionName, dimension"],
    ["collections/drop", {}, "collectionName"],
    ["get", { collectionName: "a" }, "collectionName, id"],
    ["get", { collectionName: "a", id: null }, "collectionName, id"],
    ["delete", { collectionName: "a" }, "collectionName, id/filter"],
    ["delete", { collectionName: "a", id: null, filter: "" }, "collectionName, id/filter"],
    ["delete", { id: 1 }, "collectionName, id/filter"],
    ["upsert", { collectionName: "a" }, "collectionName, data"],
  ])("%s names all that it needs, whichever is missing: %j", async (path, body, required) => {
    const { post } = openMilvus();
    expect(await post(`${root}/${path}`, body)).toEqual({
      code: 1802,
      message: `missing required parameters, required parameters: [${required}]`,
    });
  });

  it("describe names the collection", async () => {
    const { query } = openMilvus();
    const missing = { code: 1802, message: "missing required parameters, required parameters: [collectionName]" };
    expect(await query(`${root}/collections/describe`)).toEqual(missing);
    expect(await query(`${root}/collections/describe`, { collectionName: "" })).toEqual(missing);
  });
});

describe("a caller", () => {
  it.each(labelledRoutes)(
    "with nothing but the privilege for %s may ask it in the databases that are granted",
    async (_path, { privilege, ask }) => {
      const service = openMilvus();
      await service.createDatabase("library");
      await service.saveCaller("guest:secret", { principal: "guest", scopes: [privilege], grants: ["library"] });
      const send = (dbName?: string) =>
        service.send({ ...ask("book", dbName), headers: { authorization: "guest:secret" } });
      expect(await send()).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining("in the `default` database") as string },
      });
      expect(await send("library")).toMatchObject({ status: 200 });
    },
  );

  it("may ask for what is not served, and is told so", async () => {
    const { send } = openMilvus();
    for (const path of [
      "/v1/vector/query",
      "/v1/vector/search",
      "/v1/vector/collections/create/",
      "/v2/vectordb/collections/flush",
      "/v2/vectordb/entities/query",
    ]) {
      expect(await send({ path, body: {} })).toMatchObject({ status: 404, body: "404 page not found" });
    }
    expect(await send({ method: "GET", path: `${root}/get`, query: { collectionName: "a", id: "1" } })).toMatchObject({
      status: 404,
    });
    expect(await send({ path: `${root}/collections`, body: {} })).toMatchObject({ status: 404 });
  });
});
