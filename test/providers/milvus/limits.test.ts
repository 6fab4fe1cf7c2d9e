import { expect, it } from "vitest";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector } from "../../vector/vector-service.js";

const openMilvus = useVector(milvus);

it.each(["insert", "upsert"])("an %s has any number of rows and at most 64 MB", async (operation) => {
  const { send } = openMilvus();
  const path = `/v1/vector/${operation}`;
  const data = Array.from({ length: 5001 }, () => ({}));
  expect(await send({ path, body: { collectionName: "nope", data }, sizeBytes: 64 * 1024 * 1024 })).toMatchObject({
    body: { code: 100 },
  });
  expect(await send({ path, body: {}, sizeBytes: 64 * 1024 * 1024 + 1 })).toMatchObject({
    status: 413,
    body: { code: 1102 },
  });
});
