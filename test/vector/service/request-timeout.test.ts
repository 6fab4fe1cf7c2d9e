import { describe, expect, it } from "vitest";
import type { Headers } from "../../../src/contract/message.js";
import type { Store } from "../../../src/core/store.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { zilliz } from "../../../src/providers/zilliz/index.js";
import { withResolvers } from "../../contract/with-resolvers.js";
import { book, row } from "../book.js";
import { useVector } from "../vector-service.js";

const root = { authorization: "Bearer root:Milvus" };
const insert = "/v2/vectordb/entities/insert";
const over = { status: 408, body: { code: 10001, message: "request timeout" } };
const wrong = (value: string, problem = "invalid syntax") => ({
  code: 1100,
  message: `Request-Timeout parse failed, err: strconv.ParseInt: parsing "${value}": ${problem}: invalid parameter`,
});

describe.each([milvus, zilliz])("the header Request-Timeout of $id", (provider) => {
  const open = useVector(provider);
  const second = provider.contracts.filter(({ path }) => path.startsWith("/v2/"));
  const list = (seconds: string) => open().post("/v2/vectordb/collections/list", {}, { "request-timeout": seconds });

  it("has an effect on every endpoint of the second version", () => {
    expect(second).toHaveLength(29);
  });

  it.each(["120", "+5", "007", "", "9223372036854775807"])("may be %j", async (seconds) => {
    expect(await list(seconds)).toMatchObject({ code: 0 });
  });

  it.each(["soon", "1.5", "1e3", "0x10", "1_000", "5, 6", " "])("may not be %j", async (seconds) => {
    expect(await list(seconds)).toEqual(wrong(seconds));
  });

  it.each(["9223372036854775808", "-9223372036854775809", "9".repeat(400)])("has 64 bits: %s", async (seconds) => {
    expect(await list(seconds)).toEqual(wrong(seconds, "value out of range"));
  });

  it.each(second.map(({ path }) => path))("is judged between the path and the body: %s", async (path) => {
    const service = open();
    await service.saveCaller("guest:secret", { principal: "guest", scopes: [], grants: [] });
    const send = (headers: Headers, at = path) =>
      service.send({ path: at, bodyProblem: "EOF", headers: { ...headers, "request-timeout": "soon" } });
    expect(await send({}, `${path}s`)).toMatchObject({ status: 401, body: { code: 1800 } });
    expect(await send({})).toMatchObject({ status: 401, body: { code: 1800 } });
    expect(await send(root, `${path}s`)).toMatchObject({ status: 404, body: "404 page not found" });
    expect(await send(root)).toMatchObject({ status: 200, body: wrong("soon") });
    const guest = { authorization: "Bearer guest:secret", "request-timeout": "soon" };
    const whole = { collectionName: "book", dbName: "default", data: [{}], filter: "id in [1]" };
    for (const request of [{ body: {} }, { body: whole }, { body: whole, sizeBytes: 2 ** 30 }])
      expect((await service.send({ ...request, path, headers: guest })).body).toEqual(wrong("soon"));
  });

  it.each(["0", "-0", "-1"])("of %s ends every call before it begins", async (seconds) => {
    const service = open();
    const collection = await service.create(book);
    const headers = { ...root, "request-timeout": seconds };
    for (const { path } of second)
      expect(await service.send({ path, headers, body: { collectionName: "book", data: [row(1)] } })).toMatchObject(
        over,
      );
    expect(await service.storedFields(collection)).toEqual([]);
    expect(await service.post("/v2/vectordb/collections/has", { collectionName: "book" })).toMatchObject({
      data: { has: true },
    });
  });

  it("is not known to the first version", async () => {
    const service = open();
    await service.create(book);
    for (const seconds of ["soon", "0"]) {
      const body = { collectionName: "book", data: [row(1)] };
      expect(await service.post("/v1/vector/insert", body, { "request-timeout": seconds })).toMatchObject({
        code: 200,
      });
    }
  });

  it("leaves the outcome of an insert open that has begun, and the insert is finished", async () => {
    const opened = withResolvers<undefined>();
    const held = (records: Store["records"]): Store["records"] =>
      Object.assign(Object.create(records) as Store["records"], {
        insert: (batch: Parameters<typeof records.insert>[0]) => opened.promise.then(() => records.insert(batch)),
      });
    const service = open({ standIns: ({ records }) => ({ records: held(records) }) });
    const collection = await service.create(book);
    const headers = { ...root, "request-timeout": "1" };
    const body = { collectionName: "book", data: [row(1)] };
    expect(await service.send({ path: insert, headers, body })).toMatchObject(over);
    expect(await service.storedFields(collection)).toEqual([]);
    opened.resolve(undefined);
    await expect.poll(() => service.storedFields(collection)).toHaveLength(1);
  });
});
