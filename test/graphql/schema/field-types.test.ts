import {
  getNamedType,
  type GraphQLObjectType,
  isAbstractType,
  isCompositeType,
  isIntrospectionType,
  isObjectType,
  OverlappingFieldsCanBeMergedRule,
  parse,
  validate,
} from "graphql";
import { describe, expect, it } from "vitest";
import { createProviderInputs } from "../../../src/graphql/inputs/provider-inputs.js";
import { buildSubgraph } from "../../../src/graphql/schema/subgraph.js";
import { createFakeProvider } from "../fake-provider.js";
import { createFakeWorld, recordOf, taskOf } from "../fake-world.js";

const { schema } = buildSubgraph(createProviderInputs([createFakeProvider()]));
const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));

/** Types whose fields of one name differ never stand in one selection, `failures` aside. */
const exceptions = {
  edges: "each connection has edges of its own",
  node: "each edge has a node of its own",
  nodes: "each connection has nodes of its own",
  failures:
    "of a provider the rows of its contracts, of an import its refused records; a query for both needs an alias",
  records: "of a collection a page, of a sample what to send",
  provider: "of an error its id alone, which may name none",
  message: "null where a service sent none",
  httpStatus: "null where a service did not answer",
  parts: "each operation has parts of its own",
  result: "of a part the result of its own operation",
  unit: "null where an error does not tell its limit",
};

describe("fields of one name", () => {
  it("have one type, but for those that are named here", () => {
    const found = new Map<string, Set<string>>();
    for (const type of types.filter(isObjectType)) {
      for (const { name, type: own } of Object.values(type.getFields()))
        found.set(name, (found.get(name) ?? new Set()).add(String(own)));
    }
    const differing = [...found].filter(([name, { size }]) => size > 1 && name !== "__typename").map(([name]) => name);
    expect(found.get("collection")).toEqual(new Set(["RecordCollection"]));
    expect(differing.sort()).toEqual(Object.keys(exceptions).sort());
  });

  it("may be asked of every type of a union or an interface in one query", () => {
    const everything = (type: GraphQLObjectType): string => {
      const fields = Object.values(type.getFields()).map(({ name, type: own }) =>
        isCompositeType(getNamedType(own)) ? `${name} { __typename }` : name,
      );
      return `... on ${type.name} { ${fields.join(" ")} }`;
    };
    const refused = types.filter(isAbstractType).flatMap((type) => {
      const query = parse(
        `fragment all on ${type.name} { ${schema.getPossibleTypes(type).map(everything).join(" ")} }`,
      );
      return validate(schema, query, [OverlappingFieldsCanBeMergedRule]).map(
        ({ message }) => `${type.name}: ${/^Fields "(\w+)"/.exec(message)?.[1] ?? message}`,
      );
    });
    expect([...new Set(refused)]).toEqual(["_Entity: failures"]);
  });

  it("are answered for entities of several types at once", async () => {
    const world = await createFakeWorld({ records: [recordOf(1)], tasks: [taskOf("t1")] });
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename
      ... on ImportTask { id createdAt collection { name } } ... on StoredRecord { id collection { name } }
      ... on RecordCollection { id name createdAt } } }`;
    const representations = [
      { __typename: "ImportTask", id: "t1" },
      { __typename: "StoredRecord", id: "c1.1" },
      { __typename: "RecordCollection", id: "c1" },
    ];
    const { data, errors } = await world.execute({ query, variables: { representations } });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      _entities: [
        { id: "t1", collection: { name: "books" } },
        { id: "c1.1", collection: { name: "books" } },
        { id: "c1", name: "books" },
      ],
    });
  });
});
