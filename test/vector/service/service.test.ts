import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { showValue } from "../../../src/json/stringify.js";
import type { Headers } from "../../../src/contract/message.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import type { Store } from "../../../src/core/store.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector, type VectorService } from "../vector-service.js";

const openMilvus = useVector(milvus);
const upsert = "/v1/vector/upsert";

const key: JsonObject = { name: "id", type: "Int64", primary: true };
const vec: JsonObject = { name: "vec", type: "FloatVector", dim: 2 };
const book: JsonObject = { collectionName: "book", fields: [key, vec], dynamic: true };
const generated: JsonObject = { collectionName: "book", fields: [{ ...key, autoId: true }, vec] };

function row(id: JsonValue, extra: JsonObject = {}): JsonObject {
  return { id, vec: [0.1, 0.2], ...extra };
}

function idsOf(body: JsonValue | undefined): readonly JsonValue[] {
  const data = isJsonObject(body) ? body["data"] : undefined;
  const ids = isJsonObject(data) ? (data["insertIds"] ?? data["upsertIds"]) : undefined;
  return isJsonArray(ids) ? ids : [];
}

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

describe("where the rows go", () => {
  it("may be named by an alias, in whatever database", async () => {
    const service = openMilvus();
    const library = await service.create({ ...book, dbName: "library" });
    await service.createDatabase("library", { aliases: { novel: "book", nothing: "nope" } });
    const send = (collectionName: string) =>
      service.send({ body: { dbName: "library", collectionName, data: row(1) } });
    expect(await send("novel")).toMatchObject({ body: { code: 200 }, collectionId: library.id });
    expect(await send("nothing")).toMatchObject({
      body: { code: 100, message: "can't find collection[database=library][collection=nothing]" },
    });
    expect(await send("constructor")).toMatchObject({ body: { code: 100 } });
    expect(await service.storedFields(library)).toHaveLength(1);
  });

  it.each<[JsonValue, number]>([
    [null, 200],
    ["default", 200],
    ["", 800],
    ["other", 800],
    ["a\0b", 800],
  ])("is the database %j: %i", async (dbName, code) => {
    const service = openMilvus();
    await service.create(book);
    expect(await service.send({ body: { dbName, collectionName: "book", data: row(1) } })).toMatchObject({
      status: 200,
      body: { code },
    });
  });

  it("takes names of up to 255 characters", async () => {
    const { send } = openMilvus();
    const codeOf = async (collectionName: string) => (await send({ body: { collectionName, data: [] } })).body;
    expect(await codeOf("a".repeat(255))).toMatchObject({ code: 100 });
    expect(await codeOf("-".repeat(256))).toMatchObject({
      message: expect.stringContaining("the length of a collection name") as unknown,
    });
    expect(await codeOf("1-")).toMatchObject({
      message:
        "Invalid collection name: 1-.  the first character of a collection name must be an underscore or letter: invalid parameter",
    });
    expect(await codeOf("a\0")).toMatchObject({ code: 1100 });
  });

  it("is not quoted back at length", async () => {
    const { send } = openMilvus();
    const long = "x".repeat(1_000_000);
    const bodies: readonly JsonObject[] = [
      { collectionName: long, data: [] },
      { dbName: long, collectionName: "a", data: [] },
    ];
    for (const body of bodies) {
      const reply = await send({ body });
      expect(
        showValue([reply.body ?? null, ...(reply.violations ?? []).map(({ message }) => message)]).length,
      ).toBeLessThan(2500);
    }
  });
});

describe("keys", () => {
  it("keep every digit, as numbers or as text", async () => {
    const service = openMilvus();
    const collection = await service.create(book);
    const body = { collectionName: "book", data: [row(9007199254740993n), row("-9223372036854775808"), row(5)] };
    const ids = async (header?: string) =>
      idsOf(
        (
          await service.send({
            path: upsert,
            body,
            headers: { authorization: "Bearer root:Milvus", ...(header && { "accept-type-allow-int64": header }) },
          })
        ).body,
      );
    expect(await ids()).toEqual([9007199254740993n, -9223372036854775808n, 5]);
    expect(await ids("maybe")).toEqual([9007199254740993n, -9223372036854775808n, 5]);
    expect(await ids("F")).toEqual(["9007199254740993", "-9223372036854775808", "5"]);
    expect((await service.storedFields(collection)).map((fields) => fields["id"])).toEqual([
      9007199254740993n,
      -9223372036854775808n,
      5,
    ]);
  });

  it.each(["Int64", "VarChar"])("of type %s are generated large, consecutive and increasing", async (type) => {
    const service = openMilvus();
    const collection = await service.create({
      ...generated,
      fields: [{ ...key, type, autoId: true, ...(type === "VarChar" && { maxLength: 64 }) }, vec],
    });
    const insert = async () =>
      idsOf((await service.send({ body: { collectionName: "book", data: [{ vec: [1, 2] }, { vec: [3, 4] }] } })).body);
    const ids = [...(await insert()), ...(await insert())];
    const numbers = ids.map((id) => BigInt(showValue(id)));
    expect(
      ids.every((id) => typeof id === (type === "VarChar" ? "string" : "bigint") && /^\d{17,19}$/.test(showValue(id))),
    ).toBe(true);
    expect([numbers[1], numbers[3]]).toEqual([(numbers[0] ?? 0n) + 1n, (numbers[2] ?? 0n) + 1n]);
    expect((numbers[2] ?? 0n) > (numbers[1] ?? 0n)).toBe(true);
    expect((await service.storedFields(collection)).map((fields) => fields["id"])).toEqual(ids);
  });

  it("may be long text", async () => {
    const service = openMilvus();
    const collection = await service.create({
      ...book,
      fields: [{ name: "id", type: "VarChar", primary: true, maxLength: 65535 }, vec],
    });
    // Random, since what repeats itself is compressed to a length that any index takes.
    const id = randomBytes(32_000).toString("hex");
    for (let time = 0; time < 2; time++) {
      expect(await service.send({ path: upsert, body: { collectionName: "book", data: row(id) } })).toMatchObject({
        body: { code: 200 },
      });
    }
    expect(await service.storedFields(collection)).toHaveLength(1);
  });
});

describe("a collection that is made anew meanwhile", () => {
  const changing =
    (times: number) =>
    (store: Store): Store => {
      let left = times;
      const insert: Store["records"]["insert"] = async (batch) => (left-- > 0 ? "stale" : store.records.insert(batch));
      return { ...store, records: Object.assign(Object.create(store.records) as Store["records"], { insert }) };
    };

  it("is looked up and the rows are checked once more", async () => {
    const service = openMilvus({ wrapStore: changing(1) });
    const collection = await service.create(book);
    expect(await service.send({ body: { collectionName: "book", data: row(1) } })).toMatchObject({
      body: { code: 200 },
    });
    expect(await service.storedFields(collection)).toHaveLength(1);
  });

  it("again is a conflict", async () => {
    const service = openMilvus({ wrapStore: changing(2) });
    await service.create(book);
    expect(await service.send({ body: { collectionName: "book", data: row(1) } })).toMatchObject({
      body: { code: 109, message: "collection schema mismatch[collection=book]" },
    });
  });
});

describe("the data source", () => {
  it("answers ids as text and names our collection", async () => {
    const service = openMilvus();
    const collection = await service.create(book);
    const command = { target: { collectionName: "book" }, records: [row(9007199254740993n, { __proto: 1 }), row(2)] };
    const receipt = {
      status: "stored",
      count: 2,
      skippedCount: 0,
      ids: ["9007199254740993", "2"],
      collectionId: collection.id,
    };
    expect(await service.write("insertRecords", command)).toMatchObject(receipt);
    expect(await service.write("upsertEntities", command)).toMatchObject(receipt);
    expect(await service.storedFields(collection)).toHaveLength(2);
  });

  it("names the record and the field at fault", async () => {
    const service = openMilvus();
    await service.create(book);
    const command = { target: { collectionName: "book" }, records: [row(1), row(2, { vec: [1] })] };
    const failure = {
      details: {
        kind: "invalid-input",
        outcome: "not-applied",
        violations: [{ recordIndex: 1, field: "vec", rule: "dimension" }],
      },
    };
    await expect(service.write("insertRecords", command)).rejects.toMatchObject(failure);
  });

  it("tells the limit that was passed", async () => {
    const service = openMilvus({ settings: { INSERT_MAX_RECORDS: 1, UPSERT_MAX_BYTES: 20 } });
    const command = { target: { collectionName: "book", dbName: "default" }, records: [row(1), row(2)] };
    await expect(service.write("insertRecords", command)).rejects.toMatchObject({
      details: { kind: "payload-too-large", exceeded: { limit: 1, actual: 2, unit: "records" } },
    });
    await expect(service.write("upsertEntities", command)).rejects.toMatchObject({
      details: {
        kind: "payload-too-large",
        exceeded: { limit: 20, unit: "bytes" },
        upstream: { httpStatus: 413, code: "1102" },
      },
    });
  });
});
