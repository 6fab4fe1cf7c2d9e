import { describe, expect, it } from "vitest";
import { OverloadError } from "../../../src/core/overload-error.js";
import { createFakeWorld, recordOf, shelf } from "../fake-world.js";

describe("the size of a response", () => {
  const big = (count: number) =>
    Array.from({ length: count }, (_item, index) => ({
      ...recordOf(index + 1, { title: "x".repeat(1000) }),
      storedBytes: 1012,
    }));
  const records = (fields: string) => `{ recordCollection(id: "c1") { records(first: 100) { nodes { ${fields} } } } }`;

  it("is refused while the records are read, when they are more than it may hold", async () => {
    const world = await createFakeWorld({ records: big(20), settings: { GRAPHQL_MAX_RESPONSE_BYTES: "10000" } });
    const { errors = [] } = await world.execute({ query: records("key") });
    expect(errors[0]?.extensions).toEqual({
      code: "OPERATION_LIMIT_EXCEEDED",
      which: "responseBytes",
      limit: 10_000,
      actual: 10_120,
    });
    expect(world.logged).toEqual([]);
  });

  it("counts the fields of a record as often as they are selected", async () => {
    const world = await createFakeWorld({ records: big(5), settings: { GRAPHQL_MAX_RESPONSE_BYTES: "10000" } });
    expect((await world.execute({ query: records("fields") })).errors).toBeUndefined();
    const { errors = [] } = await world.execute({ query: records("a: fields b: fields") });
    expect(errors[0]?.extensions).toMatchObject({ which: "responseBytes", actual: 10_120 });
  });

  it("counts definitions, which are not records", async () => {
    const definition = { text: "x".repeat(3000) };
    const world = await createFakeWorld({
      collections: [1, 2, 3, 4].map((number) => ({ ...shelf, id: `c${number}`, definition })),
      settings: { GRAPHQL_MAX_RESPONSE_BYTES: "10000" },
    });
    const { errors = [] } = await world.execute({ query: "{ recordCollections { nodes { definition } } }" });
    expect(errors[0]?.extensions).toMatchObject({ which: "responseBytes", actual: 12_044 });
  });

  it("is measured as text, in bytes, when nothing else has counted it", async () => {
    const names = ["é".repeat(600), "é".repeat(300)].map((name, index) => ({ ...shelf, id: `c${index}`, name }));
    const world = await createFakeWorld({ collections: names, settings: { GRAPHQL_MAX_RESPONSE_BYTES: "1800" } });
    const { data, errors = [] } = await world.execute({ query: "{ recordCollections { nodes { name } } }" });
    expect(data).toBeUndefined();
    expect(errors[0]?.extensions).toMatchObject({
      code: "OPERATION_LIMIT_EXCEEDED",
      which: "responseBytes",
      limit: 1800,
    });
  });
});

describe("a read for which the requests in flight leave no room", () => {
  it("is answered as busy, with the time after which to ask again", async () => {
    const world = await createFakeWorld({ broken: new OverloadError() });
    const { errors = [] } = await world.execute({ query: "{ recordCollections { nodes { id } } }" });
    expect(errors[0]?.extensions).toEqual({ code: "SERVICE_UNAVAILABLE", retryAfterMs: 1000 });
    expect(world.logged).toEqual([]);
  });
});
