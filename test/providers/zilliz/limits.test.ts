import { describe, expect, it } from "vitest";
import { zilliz } from "../../../src/providers/zilliz/index.js";
import { useVector } from "../../vector/vector-service.js";

const openZilliz = useVector(zilliz);
const mebibyte = 1024 * 1024;
const rows = (count: number) => Array.from({ length: count }, () => ({}));

describe("an insert", () => {
  it("has at most 5,000 rows, checked before the collection is looked up", async () => {
    const { send } = openZilliz();
    const at = async (count: number) => (await send({ body: { collectionName: "nope", data: rows(count) } })).body;
    expect(await at(5000)).toMatchObject({ code: 100 });
    expect(await at(5001)).toEqual({ code: 90109, message: "The max insert batch rows should below 5000." });
  });

  it("has at most 50 MB, checked before the body is read", async () => {
    const { send } = openZilliz();
    const at = (sizeBytes: number) => send({ body: null, sizeBytes });
    expect(await at(50 * mebibyte)).toMatchObject({ status: 200, body: { code: 1802 } });
    expect(await at(50 * mebibyte + 1)).toMatchObject({
      status: 413,
      body: { code: 1102, message: expect.stringMatching(/^parameter too large\[message=/) as unknown },
    });
  });
});

describe("an upsert", () => {
  it("has any number of rows and at most 64 MB", async () => {
    const { send } = openZilliz();
    const path = "/v1/vector/upsert";
    expect(
      await send({ path, body: { collectionName: "nope", data: rows(5001) }, sizeBytes: 64 * mebibyte }),
    ).toMatchObject({ body: { code: 100 } });
    expect(await send({ path, body: {}, sizeBytes: 64 * mebibyte + 1 })).toMatchObject({
      status: 413,
      body: { code: 1102 },
    });
  });
});
