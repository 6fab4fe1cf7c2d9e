import { describe, expect, it } from "vitest";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector } from "../vector-service.js";
import { book, row } from "../book.js";

const openMilvus = useVector(milvus);

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
