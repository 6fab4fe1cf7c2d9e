import { describe, expect, it } from "vitest";
import { milvus } from "../../../src/providers/milvus/index.js";
import { zilliz } from "../../../src/providers/zilliz/index.js";
import { useVectorWorlds } from "./vector-world.js";

const openWorld = useVectorWorlds();
const signal = AbortSignal.timeout(20_000);

describe.each([zilliz, milvus])("the samples of $id", (provider) => {
  it.each(["insertRecords", "upsertEntities"] as const)("are taken by %s, the faulty one refused", async (operation) => {
    const world = await openWorld(provider);
    for (const { definition, target, records, faulty } of provider.samples) {
      const collection = await world.createCollection(definition);
      await world.dataSource[operation]?.({ target, records }, signal);
      expect(await world.storedFields(collection)).toEqual(records);
      await expect(world.dataSource[operation]?.({ target, records: [faulty.record] }, signal)).rejects.toMatchObject({
        details: { kind: "invalid-input", violations: [{ recordIndex: 0, field: faulty.field }] },
      });
    }
  });
});
