import {
  isIntrospectionType,
  isObjectType,
  isInterfaceType,
  isInputObjectType,
  isEnumType,
  Kind,
  print,
} from "graphql";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createProviderInputs } from "../../../src/graphql/inputs/provider-inputs.js";
import { buildSubgraph } from "../../../src/graphql/schema/subgraph.js";
import { createFakeProvider } from "../fake-provider.js";
import { createFakeWorld } from "../fake-world.js";

interface DescribedField {
  readonly name: string;
  readonly description?: string | null;
  readonly args?: readonly DescribedField[];
}

describe("the subgraph", () => {
  it("describes every type, field, argument and value", () => {
    const { schema } = buildSubgraph(createProviderInputs([createFakeProvider()]));
    const silent: string[] = [];
    const check = (name: string, { description }: { description?: string | null }): void => {
      if (!description?.trim()) silent.push(name);
    };
    const own = Object.values(schema.getTypeMap()).filter(
      (type) =>
        !isIntrospectionType(type) && !/^(_|federation__|link__|Int$|Float$|String$|Boolean$|ID$)/.test(type.name),
    );
    for (const type of own) {
      check(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
      if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
      const fields: readonly DescribedField[] = Object.values(type.getFields());
      for (const field of fields) {
        if (field.name.startsWith("_")) continue;
        check(`${type.name}.${field.name}`, field);
        for (const argument of field.args ?? []) check(`${type.name}.${field.name}(${argument.name})`, argument);
      }
    }
    expect(silent).toEqual([]);
    expect(own.length).toBeGreaterThan(50);
  });

  it("stands for different providers in one process", async () => {
    const one = await createFakeWorld({ providers: [createFakeProvider({ id: "attic" })] });
    const other = await createFakeWorld({
      providers: [
        createFakeProvider({ id: "cellar", targets: { insertRecords: z.strictObject({ bin: z.string() }) } }),
      ],
    });
    expect(one.sdl).toContain("attic: AtticInsertTarget");
    expect(one.sdl).not.toContain("cellar");
    expect(other.sdl).toContain("cellar: CellarInsertTarget");
    const query =
      "{ recordProviders { id mode operations { name method path requiredScope } limits { operation name max } } }";
    expect((await one.execute({ query })).data).toMatchObject({ recordProviders: [{ id: "attic", mode: "EMBEDDED" }] });
    expect((await other.execute({ query })).data).toMatchObject({
      recordProviders: [
        {
          id: "cellar",
          operations: [
            { name: "insertRecords", method: "POST", path: "/shelves/{shelf}/rows", requiredScope: "shelf.write" },
            {},
          ],
        },
      ],
    });
  });

  it("leaves a mutation out that no provider has", () => {
    const inputs = createProviderInputs([
      createFakeProvider({ targets: { insertRecords: z.strictObject({ shelf: z.string() }) } }),
    ]);
    const { schema } = buildSubgraph(inputs);
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {})).toEqual([
      "createCollection",
      "deleteCollection",
      "insertRecords",
    ]);
    expect(schema.getType("UpsertTarget")).toBeUndefined();
    expect(schema.getType("UpsertEntitiesSuccess")).toBeUndefined();
  });

  it("lets one field of a target through, as introspection says, and no more", async () => {
    const world = await createFakeWorld({ providers: [createFakeProvider(), createFakeProvider({ id: "attic" })] });
    const { data } = await world.execute({ query: `{ __type(name: "InsertTarget") { isOneOf } }` });
    expect(data).toEqual({ __type: { isOneOf: true } });
    const query =
      "mutation ($target: InsertTarget!) { insertRecords(input: { target: $target, records: [] }) { __typename } }";
    const shelf = { shelf: "books" };
    for (const target of [{ shelf, attic: shelf }, { shelf, attic: null }, { shelf: null }, {}]) {
      const { errors } = await world.execute({ query, variables: { target } });
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    }
    const chosen = await world.execute({ query, variables: { target: { attic: shelf } } });
    expect(chosen.data).toEqual({ insertRecords: { __typename: "InsertRecordsSuccess" } });
  });

  it("tells where each scalar is specified", async () => {
    const world = await createFakeWorld();
    const { data } = await world.execute({ query: "{ __schema { types { name kind specifiedByURL } } }" });
    const {
      __schema: { types },
    } = data as unknown as { __schema: { types: { name: string; kind: string; specifiedByURL: string | null }[] } };
    const scalars = types.filter(({ kind }) => kind === "SCALAR");
    const own = scalars.filter(({ name }) => !/^(_|federation__|link__|Int$|Float$|String$|Boolean$|ID$)/.test(name));
    expect(own.map(({ name }) => name).sort()).toEqual(["DateTime", "JSON", "JSONObject"]);
    for (const { name, specifiedByURL: url } of own) {
      expect(url).toMatch(/^https:\/\/(scalars\.graphql\.org|www\.rfc-editor\.org)\//);
      expect(world.sdl).toContain(`scalar ${name} @specifiedBy(url: "${url}")`);
    }
  });
});

describe("inputs generated from a provider's schemas", () => {
  const { definitions } = createProviderInputs([createFakeProvider()]);
  const fieldsOf = (name: string): Record<string, string> => {
    const found = definitions.find((definition) => "name" in definition && definition.name.value === name);
    if (found?.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) throw new Error(`${name} is no input`);
    return Object.fromEntries((found.fields ?? []).map(({ name: field, type }) => [field.value, print(type)]));
  };

  it("have the contract's own keys, kinds and what is mandatory", () => {
    expect(fieldsOf("InsertTarget")).toEqual({ shelf: "ShelfInsertTarget" });
    expect(fieldsOf("ShelfInsertTarget")).toEqual({
      shelf: "String!",
      room: "String",
      mode: "ShelfInsertTargetMode",
      note: "String",
    });
    expect(fieldsOf("ShelfCollectionDefinition")).toEqual({
      shelf: "String!",
      planks: "Int!",
      width: "Float",
      load: "Float",
      sturdy: "Boolean",
      boxes: "[ShelfCollectionDefinitionBox!]!",
      format: "String",
      tags: "JSONObject",
    });
    expect(fieldsOf("ShelfCollectionDefinitionBox")).toEqual({
      label: "String!",
      kind: "ShelfCollectionDefinitionBoxKind!",
      sizes: "[Int!]",
      extra: "JSON",
    });
  });

  it("can hold themselves and named parts, and loose objects become JSON", () => {
    const part = z.strictObject({ id: z.string() }).meta({ id: "Part" });
    const tree = z.strictObject({
      name: z.string(),
      get children() {
        return z.array(tree).optional();
      },
    });
    const target = z.strictObject({
      tree,
      part,
      other: part.optional(),
      loose: z.looseObject({ a: z.string() }),
      either: z.union([z.string(), z.number()]),
      none: z.strictObject({}),
    });
    const { document } = buildSubgraph(
      createProviderInputs([createFakeProvider({ targets: { insertRecords: target } })]),
    );
    const found = document.definitions.filter(
      (definition) => "name" in definition && definition.name?.value.startsWith("ShelfInsertTarget"),
    );
    const printed = found.flatMap((definition) =>
      definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION
        ? [
            `${definition.name.value}: ${(definition.fields ?? []).map(({ name, type }) => `${name.value} ${print(type)}`).join(", ")}`,
          ]
        : [],
    );
    expect(printed[0]).toMatch(
      /^ShelfInsertTarget: tree \w+!, part ShelfInsertTargetPart!, other ShelfInsertTargetPart, loose JSONObject!, either JSON!, none JSONObject!$/,
    );
    expect(printed.join("\n")).toMatch(/(ShelfInsertTarget\w+): name String!, children \[\1!\]/);
  });

  it("refuse a key that GraphQL cannot have when the program starts", () => {
    const provider = createFakeProvider({ targets: { insertRecords: z.strictObject({ "x-key": z.string() }) } });
    expect(() => createProviderInputs([provider])).toThrow("x-key");
  });
});
