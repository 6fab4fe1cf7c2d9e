import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector, type VectorService } from "../vector-service.js";

const open = useVector(milvus);

const fields: readonly JsonObject[] = [
  { name: "id", type: "Int64", primary: true },
  { name: "title", type: "VarChar", maxLength: 20 },
  { name: "year", type: "Int64", nullable: true },
  { name: "stars", type: "Int8", default: 3 },
  { name: "half", type: "BFloat16Vector", dim: 2 },
  { name: "vec", type: "FloatVector", dim: 2 },
];
const half = Buffer.from([0x12, 0x3f, 0x81, 0xbe]).toString("base64");
const book = { id: 1, title: "Emma", year: 1815, stars: 5, half, vec: [0.1, 0.2], shelf: "a", big: 9007199254740993n };

async function openBook(options: JsonObject = {}) {
  const service = open();
  const collection = await service.create({ collectionName: "book", fields, dynamic: true, ...options });
  return { service, stored: () => service.storedFields(collection) };
}

const versions = [
  ["/v1/vector", 200],
  ["/v2/vectordb/entities", 0],
] as const;

describe.each(versions)("a partial update over %s", (root, code) => {
  const insert = (service: VectorService, ...data: JsonObject[]) =>
    service.post(`${root}/insert`, { collectionName: "book", data });
  const merge = (service: VectorService, data: readonly JsonObject[], more: JsonObject = {}) =>
    service.post(`${root}/upsert`, { collectionName: "book", data, partialUpdate: true, ...more });

  it("replaces the fields that a row names, and keeps the others with their bytes and digits", async () => {
    const { service, stored } = await openBook();
    await insert(service, book);
    expect(await merge(service, [{ id: 1, year: null, shelf: "b", extra: { a: 1 } }])).toMatchObject({
      code,
      data: { upsertCount: 1, upsertIds: [1] },
    });
    expect(await stored()).toEqual([{ ...book, year: null, shelf: "b", extra: { a: 1 } }]);
    await merge(service, [{ id: 1, vec: [3, 4] }]);
    await merge(service, [{ id: 1, stars: null, title: "E" }]);
    const changed = { year: null, shelf: "b", extra: { a: 1 }, vec: [3, 4], stars: 3, title: "E" };
    expect(await stored()).toEqual([{ ...book, ...changed }]);
  });

  it("completes a row with the newest of several entities and replaces them all", async () => {
    const { service, stored } = await openBook();
    await insert(service, { ...book, title: "old" }, { ...book, title: "new", shelf: "z" });
    await merge(service, [{ id: 1, year: 1 }]);
    expect(await stored()).toEqual([{ ...book, title: "new", shelf: "z", year: 1 }]);
  });

  it("inserts a complete row whose key no entity has, and refuses an incomplete one with all others", async () => {
    const { service, stored } = await openBook();
    await insert(service, book);
    const rows = [
      { id: 1, year: 1 },
      { id: 2, year: 2 },
    ];
    expect(await merge(service, rows)).toEqual({
      code: 1804,
      message: "fail to deal the insert data, error: field title is required: missing parameter",
    });
    expect(await stored()).toEqual([book]);
    const { shelf: _shelf, big: _big, stars: _stars, ...complete } = { ...book, id: 2 };
    expect(await merge(service, [{ id: 1, year: 1 }, complete])).toMatchObject({ code });
    expect(await stored()).toEqual([
      { ...book, year: 1 },
      { ...complete, stars: 3 },
    ]);
  });

  it.each<[string, JsonObject, number, string]>([
    ["no key", { year: 1 }, 1804, "field id is required"],
    ["null for a field that is not nullable", { id: 1, title: null }, 1804, "field title is not nullable"],
    ["another type", { id: 1, year: "x" }, 1804, "strconv.ParseInt"],
    ["another dimension", { id: 1, vec: [1] }, 1804, "doesn't equal to vector dimension"],
    ["too long a text", { id: 1, title: "x".repeat(21) }, 1100, "exceeds max length"],
    ["too large a rest with what is kept", { id: 1, more: "x".repeat(65_500) }, 1100, "dynamic field exceeds"],
  ])("refuses a row with %s", async (_what, row, refused, message) => {
    const { service, stored } = await openBook();
    await insert(service, book);
    expect(await merge(service, [row])).toMatchObject({
      code: refused,
      message: expect.stringContaining(message) as string,
    });
    expect(await stored()).toEqual([book]);
  });

  it("is not done unless it is asked for, and refuses other operations than a replacement", async () => {
    const { service, stored } = await openBook();
    await insert(service, book);
    const send = (more: JsonObject) =>
      service.post(`${root}/upsert`, { collectionName: "book", data: [{ id: 1, year: 1 }], ...more });
    for (const partialUpdate of [false, null]) expect(await send({ partialUpdate })).toMatchObject({ code: 1804 });
    for (const partialUpdate of ["true", 1]) expect(await send({ partialUpdate })).toMatchObject({ code: 1801 });
    const append = { partialUpdate: true, fieldOps: [{ fieldName: "year", op: "array_append" }] };
    expect(await send(append)).toMatchObject({
      code: 1100,
      message: "unsupported partial update op: array_append: invalid parameter",
    });
    expect(await stored()).toEqual([book]);
    const replace = { partialUpdate: true, fieldOps: [{ fieldName: "year", op: "Replace" }] };
    expect(await send(replace)).toMatchObject({ code });
    expect(await stored()).toEqual([{ ...book, year: 1 }]);
  });

  it("loses nothing to 50 others of the same entity, and to whole upserts of its neighbours", async () => {
    const { service, stored } = await openBook();
    await insert(service, book, { ...book, id: 2 });
    const numbers = Array.from({ length: 50 }, (_, index) => index);
    const replies = await Promise.all(
      numbers.flatMap((index): Promise<JsonValue | undefined>[] => [
        merge(service, [{ id: 1, [`field${index}`]: index }]),
        service.post(`${root}/upsert`, { collectionName: "book", data: [{ ...book, id: 2, year: index }] }),
      ]),
    );
    for (const reply of replies) expect(reply).toMatchObject({ code });
    const [merged] = (await stored()).filter(({ id }) => id === 1);
    expect(merged).toEqual({ ...book, ...Object.fromEntries(numbers.map((index) => [`field${index}`, index])) });
    expect(await stored()).toHaveLength(2);
  });
});

describe("a partial update", () => {
  it("gives an entity with a generated key a new one, in the second version only", async () => {
    const [key, ...others] = fields;
    const { service, stored } = await openBook({ fields: [{ ...key, autoId: true }, ...others] });
    const { id: _id, ...row } = book;
    await service.post("/v1/vector/insert", { collectionName: "book", data: [row] });
    const [{ id = null } = {}] = await stored();
    const body = { collectionName: "book", data: [{ id, year: 1 }], partialUpdate: true };
    expect(await service.post("/v1/vector/upsert", body)).toMatchObject({ code: 1100 });
    expect(await service.post("/v2/vectordb/entities/upsert", body)).toMatchObject({ code: 0 });
    const [changed, ...rest] = await stored();
    expect(rest).toEqual([]);
    expect(changed).toEqual({ ...row, year: 1, id: expect.anything() as unknown });
    expect(changed?.["id"]).not.toEqual(id);
  });

  it("is a member of the target of an upsert", async () => {
    const { service, stored } = await openBook();
    const target = { collectionName: "book" };
    await service.write("insertRecords", { target, records: [book] });
    const receipt = await service.write("upsertEntities", {
      target: { ...target, partialUpdate: true },
      records: [{ id: 1, year: 1 }],
    });
    expect(receipt).toMatchObject({ status: "stored", count: 1, ids: ["1"] });
    expect(await stored()).toEqual([{ ...book, year: 1 }]);
    await expect(
      service.write("insertRecords", { target: { ...target, partialUpdate: true }, records: [book] }),
    ).rejects.toMatchObject({ details: { kind: "invalid-input" } });
  });

  it("gives up with nothing written when other writers are always faster", async () => {
    const service = open({
      standIns: ({ records }) => ({
        records: Object.assign(Object.create(records) as typeof records, {
          replaceMerged: () => Promise.resolve("outrun" as const),
        }),
      }),
    });
    const collection = await service.create({ collectionName: "book", fields, dynamic: true });
    await service.post("/v1/vector/insert", { collectionName: "book", data: [book] });
    const body = { collectionName: "book", data: [{ id: 1, year: 1 }], partialUpdate: true };
    expect(await service.post("/v1/vector/upsert", body)).toMatchObject({ code: 109 });
    expect(await service.storedFields(collection)).toEqual([book]);
  });
});
