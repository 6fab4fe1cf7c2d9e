import { describe, expect, it, test } from "vitest";
import { createFakeWorld } from "../fake-world.js";

const target = { shelf: { shelf: "books" } };
const title = { title: "a" };

/** The numbers of records that one document is refused for, request by request, while three are allowed. */
async function refusalsOf(query: string, requests: readonly Readonly<Record<string, unknown>>[]): Promise<unknown[]> {
  const world = await createFakeWorld({ settings: { GRAPHQL_MAX_RECORDS: "3" } });
  const refused = [];
  for (const variables of requests) {
    const { errors } = await world.execute({ query, variables });
    expect(errors?.[0]?.message ?? "").toMatch(/^$|records in all its writes/);
    refused.push(errors?.[0]?.extensions?.["actual"]);
  }
  return refused;
}

const many = (count: number): unknown[] => Array.from({ length: count }, () => title);

describe("the cost of a document that was measured before", () => {
  test.each([
    [
      "a variable is the input",
      "mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { __typename } }",
    ],
    [
      "a variable is the records",
      'mutation ($records: [JSONObject!]!) { insertRecords(input: { target: { shelf: { shelf: "books" } }, records: $records }) { __typename } }',
    ],
    [
      "other members of the input are variables as well",
      "mutation ($records: [JSONObject!]!, $target: InsertTarget!) { insertRecords(input: { target: $target, records: $records }) { __typename } }",
    ],
  ])("counts the records of each request where %s", async (_name, query) => {
    const requests = [2, 4, 3, 5, 0, 1].map((count) => {
      const records = many(count);
      if (query.includes("$input")) return { input: { target, records } };
      return query.includes("$target") ? { target, records } : { records };
    });
    expect(await refusalsOf(query, requests)).toEqual([undefined, 4, undefined, 5, undefined, undefined]);
  });

  it("counts a variable as often as it is used, and records in the text", async () => {
    const query = `mutation ($records: [JSONObject!]!) {
      a: insertRecords(input: { target: { shelf: { shelf: "books" } }, records: $records }) { __typename }
      b: insertRecords(input: { target: { shelf: { shelf: "books" } }, records: $records }) { __typename }
      c: insertRecords(input: { target: { shelf: { shelf: "books" } }, records: [{ title: "c" }] }) { __typename } }`;
    const requests = [1, 2, 1, 3].map((count) => ({ records: many(count) }));
    expect(await refusalsOf(query, requests)).toEqual([undefined, 5, undefined, 7]);
  });

  it("counts a single record that stands for a list, and a default", async () => {
    const query =
      'mutation ($records: [JSONObject!] = [{}, {}, {}, {}]) { insertRecords(input: { target: { shelf: { shelf: "books" } }, records: $records }) { __typename } }';
    const asked = query.replace("[JSONObject!] =", "[JSONObject!]! =");
    expect(await refusalsOf(asked, [{ records: title }, {}, { records: many(4) }, {}])).toEqual([undefined, 4, 4, 4]);
  });

  it("measures a document whose sizes are variables anew", async () => {
    const world = await createFakeWorld({ settings: { GRAPHQL_MAX_NODES: "30" } });
    const query = "query ($first: Int!) { recordCollections(first: $first) { nodes { id } } } ";
    const actual = [];
    for (const first of [3, 100, 3]) {
      const { errors } = await world.execute({ query, variables: { first } });
      actual.push(errors?.[0]?.extensions?.["actual"]);
    }
    expect(actual).toEqual([undefined, 201, undefined]);
  });
});
