import { describe, expect, it } from "vitest";
import { showValue } from "../../../src/json/stringify.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector, type VectorService } from "../vector-service.js";
import { asText, create, key, root, vec } from "../book-v2.js";

const openMilvus = useVector(milvus);

describe("an upsert into a collection that generates its keys", () => {
  interface Replaced {
    readonly service: VectorService;
    readonly ids: readonly string[];
    readonly upsert: (data: readonly JsonObject[]) => Promise<JsonValue | undefined>;
    readonly stored: () => Promise<readonly unknown[]>;
  }

  async function openGenerated(keyField: JsonObject = key): Promise<Replaced> {
    const service = openMilvus();
    await create(service, { schema: { autoId: true, fields: [keyField, vec] } });
    const inserted = await service.post(
      `${root}/entities/insert`,
      { collectionName: "book", data: [{ vec: [1, 1] }, { vec: [2, 2] }] },
      asText,
    );
    const { insertIds: ids } = (inserted as unknown as { readonly data: { readonly insertIds: readonly string[] } })
      .data; // the insert succeeds
    const book = (await service.store.collections.locate(milvus.id, "default", "book")).collection;
    if (book === undefined) throw new Error("it was just created");
    return {
      service,
      ids,
      upsert: (data) => service.post(`${root}/entities/upsert`, { collectionName: "book", data }, asText),
      stored: async () => (await service.storedFields(book)).map((fields) => [showValue(fields["id"]), fields["vec"]]),
    };
  }

  it.each<[string, JsonObject]>([
    ["Int64", key],
    ["VarChar", { fieldName: "id", dataType: "VarChar", isPrimary: true, elementTypeParams: { max_length: "64" } }],
  ])("replaces the entity of an %s key and gives it a new one", async (_type, keyField) => {
    const {
      ids: [first = "", second = ""],
      upsert,
      stored,
    } = await openGenerated(keyField);
    const reply = await upsert([
      { id: first, vec: [9, 9] },
      { id: "7", vec: [7, 7] },
    ]);
    expect(reply).toEqual({
      code: 0,
      cost: 0,
      data: { upsertCount: 2, upsertIds: [expect.stringMatching(/^\d{18}$/), expect.stringMatching(/^\d{18}$/)] },
    });
    const [renewed = "", added = ""] = (
      reply as unknown as { readonly data: { readonly upsertIds: readonly string[] } }
    ).data.upsertIds; // see above
    expect(BigInt(renewed) > BigInt(second)).toBe(true);
    expect(await stored()).toEqual([
      [second, [2, 2]],
      [renewed, [9, 9]],
      [added, [7, 7]],
    ]);
  });

  it.each<[string, readonly JsonObject[], JsonObject]>([
    [
      "without a key",
      [{ vec: [1, 2] }],
      { code: 1804, message: "fail to deal the insert data, error: field id is required: missing parameter" },
    ],
    [
      "with one key twice",
      [
        { id: "first", vec: [1, 2] },
        { id: "first", vec: [1, 2] },
      ],
      { code: 1100, message: "duplicate primary keys are not allowed in the same batch: invalid parameter" },
    ],
    ["with a key that is none", [{ id: "x", vec: [1, 2] }], { code: 1804 }],
    ["with a bad vector", [{ id: "first", vec: [1] }], { code: 1804 }],
    ["of nothing", [], { code: 1804, message: "fail to deal the insert data, error: missing required parameters" }],
  ])("%s changes nothing", async (_name, data, failure) => {
    const {
      ids: [first = ""],
      upsert,
      stored,
    } = await openGenerated();
    const before = await stored();
    expect(await upsert(data.map((row) => (row["id"] === "first" ? { ...row, id: first } : row)))).toMatchObject(
      failure,
    );
    expect(await stored()).toEqual(before);
  });

  it("stays refused in the first version", async () => {
    const { service, ids } = await openGenerated();
    expect(
      await service.post("/v1/vector/upsert", { collectionName: "book", data: { id: ids[0] ?? "", vec: [1, 2] } }),
    ).toMatchObject({ code: 1100, message: expect.stringContaining("autoID") as string });
    expect(
      await service.post(`${root}/entities/insert`, { collectionName: "book", data: [{ id: 1, vec: [1, 2] }] }),
    ).toMatchObject({ code: 1804, message: expect.stringContaining("no need to pass pk field(id)") as string });
  });

  it("leaves one entity when many replace it at the same time", async () => {
    const {
      ids: [first = "", second = ""],
      upsert,
      stored,
    } = await openGenerated();
    await Promise.all(Array.from({ length: 6 }, (_, index) => upsert([{ id: first, vec: [index, 0] }])));
    // Who comes later finds nothing of that key and adds an entity, as the server does.
    expect(await stored()).toHaveLength(7);
    expect((await stored()).filter((entity) => (entity as readonly unknown[])[0] === first)).toEqual([]);
    expect(await stored()).toContainEqual([second, [2, 2]]);
  });
});
