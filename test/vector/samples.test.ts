import { describe, expect, it } from "vitest";
import { milvus } from "../../src/providers/milvus/index.js";
import { zilliz } from "../../src/providers/zilliz/index.js";
import { useVector } from "./vector-service.js";

describe.each([zilliz, milvus])("the samples of $id", (provider) => {
  const open = useVector(provider);

  it.each(["insertRecords", "upsertEntities"] as const)(
    "are taken by %s, the faulty one refused",
    async (operation) => {
      const service = open();
      for (const { definition, target, records, faulty } of provider.samples) {
        const collection = await service.create(definition);
        await service.write(operation, { target, records });
        expect(await service.storedFields(collection)).toEqual(records);
        await expect(service.write(operation, { target, records: [faulty.record] })).rejects.toMatchObject({
          details: { kind: "invalid-input", violations: [{ recordIndex: 0, field: faulty.field }] },
        });
      }
    },
  );
});
