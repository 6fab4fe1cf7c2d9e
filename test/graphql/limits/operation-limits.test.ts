import { describe, expect, it } from "vitest";
import { createFakeWorld } from "../fake-world.js";

const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_item, index) => each(index)).join(" ");

interface Case {
  readonly which: string;
  readonly setting: string;
  /** Has exactly `limit` of what is counted. */
  readonly within: string;
  readonly over: string;
  readonly limit: number;
  readonly actual: number;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const pages = (first: number): string =>
  `{ recordCollections { nodes { records(first: ${first}) { nodes { key } } } } }`;
const inserts = (count: number): string => `mutation ($records: [JSONObject!]!) {
  ${many(count, (index) => `i${index}: insertRecords(input: { target: { shelf: { shelf: "books" } }, records: $records }) { __typename }`)} }`;

const cases: readonly Case[] = [
  {
    which: "tokens",
    setting: "GRAPHQL_MAX_TOKENS",
    within: "{ __typename __typename __typename }",
    over: "{ __typename __typename __typename __typename }",
    limit: 5,
    actual: 6,
  },
  {
    which: "depth",
    setting: "GRAPHQL_MAX_DEPTH",
    within: "{ ...f } fragment f on Query { recordCollections { nodes { id } } }",
    over: "{ ...f } fragment f on Query { recordCollections { nodes { provider { id } } } }",
    limit: 3,
    actual: 4,
  },
  {
    which: "aliases",
    setting: "GRAPHQL_MAX_ALIASES",
    within: "{ a: __typename ...f ...f } fragment f on Query { __typename: __typename }",
    over: "{ a: __typename b: __typename ...f ...f } fragment f on Query { __typename: __typename }",
    limit: 3,
    actual: 4,
  },
  {
    which: "directives",
    setting: "GRAPHQL_MAX_DIRECTIVES",
    within: "{ __typename @skip(if: false) ...f @include(if: true) } fragment f on Query { __typename }",
    over: "{ __typename @skip(if: false) ...f @include(if: true) } fragment f on Query { __typename @skip(if: false) }",
    limit: 2,
    actual: 3,
  },
  {
    which: "selections",
    setting: "GRAPHQL_MAX_SELECTIONS",
    within: "{ ...f ...f } fragment f on Query { __typename }",
    over: "{ ...f ...f } fragment f on Query { ...g } fragment g on Query { __typename }",
    limit: 4,
    actual: 6,
  },
  {
    which: "rootFields",
    setting: "GRAPHQL_MAX_ROOT_FIELDS",
    within: "{ __typename ...f } fragment f on Query { recordProviders { id } }",
    over: "{ __typename ...f recordCollections { nodes { id } } } fragment f on Query { recordProviders { id } }",
    limit: 2,
    actual: 3,
  },
  // 1 + 20 collections of 1 + 1 + `first` records with a key.
  { which: "nodes", setting: "GRAPHQL_MAX_NODES", within: pages(10), over: pages(11), limit: 441, actual: 481 },
  {
    which: "records",
    setting: "GRAPHQL_MAX_RECORDS",
    within: inserts(2),
    over: inserts(3),
    limit: 4,
    actual: 6,
    variables: { records: [{ title: "a" }, { title: "b" }] },
  },
];

describe.each(cases)("the limit of $which", ({ which, setting, within, over, limit, actual, variables }) => {
  const execute = async (query: string, value: number) => {
    const world = await createFakeWorld({ settings: { [setting]: String(value) } });
    // Documents are kept: the second answer comes by another way.
    const answers = [];
    for (const _time of [1, 2]) answers.push(await world.execute({ query, ...(variables && { variables }) }));
    return { world, answers };
  };

  it("refuses before anything is done, with its numbers", async () => {
    const { world, answers } = await execute(over, limit);
    for (const { data, errors = [] } of answers) {
      expect(data ?? null).toBeNull();
      expect(errors).toHaveLength(1);
      expect(errors[0]?.extensions).toEqual({ code: "OPERATION_LIMIT_EXCEEDED", which, limit, actual });
    }
    expect([world.reads, world.commands, world.logged]).toEqual([[], [], []]);
  });

  it("is a bound that may be reached, and configured", async () => {
    for (const [query, value] of [
      [within, limit],
      [over, actual],
    ] as const)
      for (const { errors } of (await execute(query, value)).answers) expect(errors).toBeUndefined();
  });
});
