import type { Attack } from "./program-under-load.js";

/** The collection of the attacks, with a thousand records when they begin. */
export const target = `{ zilliz: { collectionName: "quick_start" } }`;

/** The collection with a thousand records of 100 kB. */
export const largeTarget = `{ redivis: { tableReference: "demo.quick_start:q5ck:next.people:pe0p", uploadName: "visits" } }`;

const insert = (name: string, id: number): string =>
  `${name}: insertRecords(input: { target: ${target}, records: [{ id: ${id}, title: "t", vector: [0, 0, 0, 0], year: 1 }] }) { __typename }`;

function many(count: number, each: (index: number) => string): string {
  return Array.from({ length: count }, (_item, index) => each(index)).join(" ");
}

/** `records(first: …)` below one another; every record leads back to its collection. */
function nested(levels: number, first: number): string {
  return `records(first: ${first}) { nodes { key ${levels > 1 ? `collection { ${nested(levels - 1, first)} }` : ""} } }`;
}

const page = (fields: string): string => `recordCollections(provider: "zilliz") { nodes { ${fields} } }`;

const largePage = (first: number): string =>
  `{ recordCollections(provider: "redivis", first: 1) { nodes { records(first: ${first}) { nodes { fields } } } } }`;

/** Requests that try to keep a server from its other clients, over the limits and just under them. */
export const attacks: readonly Attack[] = [
  {
    name: "600 aliased inserts",
    query: `mutation { ${many(600, (id) => insert(`a${id}`, id))} }`,
    refusedBy: "aliases",
  },
  {
    name: "300 x 300 nested records",
    query:
      "{ recordCollections(first: 300) { edges { node { records(first: 300) { edges { node { key fields } } } } } } }",
    refusedBy: "nodes",
  },
  {
    name: "60 aliased pages of 1000",
    query: `{ ${many(60, (index) => `a${index}: ${page("records(first: 1000) { nodes { key fields } }")}`)} }`,
    refusedBy: "nodes",
  },
  {
    name: "first: 1000, four levels deep",
    query: `{ recordCollections(first: 1000) { nodes { ${nested(3, 1000)} } } }`,
    refusedBy: "nodes",
  },
  {
    name: "3,000 aliases, the client leaves",
    query: `{ ${many(3000, (index) => `a${index}: recordCollections { nodes { id } }`)} }`,
    leavesAfterMs: 30,
  },
  { name: "100 aliased inserts", query: `mutation { ${many(100, (id) => insert(`a${id}`, 10_000 + id))} }` },
  {
    name: "40 aliased pages of 1000",
    query: `{ ${many(40, (index) => `a${index}: recordCollections(provider: "zilliz", first: 1) { nodes { records(first: 1000) { nodes { key } } } }`)} }`,
  },
  {
    name: "30 aliased pages of 300, nested",
    query: `{ ${many(30, (index) => `a${index}: recordCollections(provider: "zilliz", first: 1) { nodes { records(first: 300) { nodes { id key fields collection { id name } insertedAt } } } }`)} }`,
  },
  {
    name: "100 pages, the client leaves",
    query: `{ ${many(100, (index) => `a${index}: recordCollections(first: ${index + 1}) { nodes { id } }`)} }`,
    leavesAfterMs: 10,
  },
  {
    name: "fragments doubled forty times",
    query: `{ ...f0 } ${many(40, (index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`)} fragment f40 on Query { __typename }`,
    refusedBy: "selections",
  },
  { name: "24,000 times a field", query: `{ ${"recordProviders { id } ".repeat(24_000)} }`, refusedBy: "selections" },
  {
    name: "9,000 directives",
    query: `{ ${"__typename @skip(if: false) ".repeat(4500)} ${"... @include(if: true) { __typename } ".repeat(2000)} }`,
    refusedBy: "directives",
  },
  {
    name: "1,000 entities with pages",
    query:
      "query ($all: [_Any!]!) { _entities(representations: $all) { ... on RecordCollection { records(first: 100) { nodes { key } } } } }",
    variables: {
      all: Array.from({ length: 1000 }, () => ({
        __typename: "RecordCollection",
        id: "00000000-0000-4000-8000-000000000000",
      })),
    },
    refusedBy: "nodes",
  },
  {
    name: "4,000 entities",
    query: "query ($all: [_Any!]!) { _entities(representations: $all) { ... on StoredRecord { key } } }",
    variables: {
      all: Array.from({ length: 4000 }, (_item, index) => ({
        __typename: "StoredRecord",
        id: `00000000-0000-4000-8000-000000000000.${index + 1}`,
      })),
    },
  },
  {
    name: "introspection, 20 times",
    query: `{ ${many(20, (index) => `a${index}: __schema { types { name fields { name args { name type { name ofType { name } } } type { name ofType { name ofType { name } } } } } }`)} }`,
  },
  { name: "120,000 tokens", query: `{ ${"a ".repeat(120_000)} }`, refusedBy: "tokens" },
  {
    name: "a literal of 20,000 numbers",
    query: `mutation { insertRecords(input: { target: ${target}, records: [{ id: 1, title: "t", vector: [${"0.5 ".repeat(20_000)}], year: 1 }] }) { __typename } }`,
  },
  {
    name: "150,000 records in variables",
    query: `mutation ($records: [JSONObject!]!) { insertRecords(input: { target: ${target}, records: $records }) { __typename } }`,
    variables: { records: Array.from({ length: 150_000 }, (_item, id) => ({ id })) },
    refusedBy: "records",
  },
  {
    name: "all providers, 60 times",
    query: `{ ${many(60, (index) => `a${index}: recordProviders { failures { name code message kind } samples { records } }`)} }`,
    refusedBy: "nodes",
  },
  { name: "1,000 records of 100 kB", query: largePage(1000), refusedBy: "responseBytes" },
  { name: "1,000 records of 100 kB, 8 at once", query: largePage(1000), refusedBy: "responseBytes", times: 8 },
  { name: "300 records of 100 kB", query: largePage(300) },
];

/** Every case of how a request is refused or answered, in a few seconds. */
export const quickAttacks: readonly Attack[] = attacks.filter(({ name }) => !name.startsWith("40 aliased"));
