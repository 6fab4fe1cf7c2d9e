import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { showValue } from "../../../src/json/stringify.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import type { Store } from "../../../src/core/store.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector } from "../vector-service.js";
import { book, generated, key, row, vec } from "../book.js";

const openMilvus = useVector(milvus);
const upsert = "/v1/vector/upsert";

function idsOf(body: JsonValue | undefined): readonly JsonValue[] {
  const data = isJsonObject(body) ? body["data"] : undefined;
  const ids = isJsonObject(data) ? (data["insertIds"] ?? data["upsertIds"]) : undefined;
  return isJsonArray(ids) ? ids : [];
}

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
  const changing = (times: number) => {
    let left = times;
    return ({ records }: Store): Partial<Store> => {
      const insert: Store["records"]["insert"] = async (batch) => (left-- > 0 ? "stale" : records.insert(batch));
      return { records: Object.assign(Object.create(records) as Store["records"], { insert }) };
    };
  };

  it("is looked up and the rows are checked once more", async () => {
    const service = openMilvus({ standIns: changing(1) });
    const collection = await service.create(book);
    expect(await service.send({ body: { collectionName: "book", data: row(1) } })).toMatchObject({
      body: { code: 200 },
    });
    expect(await service.storedFields(collection)).toHaveLength(1);
  });

  it("again is a conflict", async () => {
    const service = openMilvus({ standIns: changing(2) });
    await service.create(book);
    expect(await service.send({ body: { collectionName: "book", data: row(1) } })).toMatchObject({
      body: { code: 109, message: "collection schema mismatch[collection=book]" },
    });
  });
});
