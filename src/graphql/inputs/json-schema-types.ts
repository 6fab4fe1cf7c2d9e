import { assertName, type TypeDefinitionNode } from "graphql";
import { z } from "zod";
import { enumType, inputField, inputType, listType, namedType, nonNullType, type NullableTypeNode } from "./nodes.js";
import type { InputShape } from "./input-shape.js";

type JsonSchema = z.core.JSONSchema.JSONSchema;

interface MemberType {
  readonly type: NullableTypeNode;
  readonly nullable: boolean;
  readonly shape: InputShape;
  /** A constraint that the type cannot express. */
  readonly remark?: string;
}

/**
 * The GraphQL input types of a zod object; their names begin with that of the root.
 * @throws Error for a name that is invalid in GraphQL
 */
export function toInputTypes(root: {
  readonly name: string;
  readonly description: string;
  readonly schema: z.ZodObject;
}): {
  readonly definitions: readonly TypeDefinitionNode[];
  readonly shape: InputShape;
} {
  const schema = z.toJSONSchema(root.schema, { io: "input", unrepresentable: "any" });
  const types = new InputTypes(root.name, schema);
  const { shape } = types.read({ ...schema, description: schema.description ?? root.description }, root.name);
  return { definitions: types.definitions(), shape };
}

class InputTypes {
  readonly #rootName: string;
  readonly #root: JsonSchema;
  readonly #definitions = new Map<string, { readonly shape: InputShape; definition?: TypeDefinitionNode }>();

  constructor(rootName: string, root: JsonSchema) {
    this.#rootName = rootName;
    this.#root = root;
  }

  definitions(): readonly TypeDefinitionNode[] {
    return [...this.#definitions.values()].flatMap(({ definition }) => definition ?? []);
  }

  read(declared: JsonSchema, name: string): MemberType {
    if (declared.$ref !== undefined) return this.#follow(declared.$ref);
    const { schema, nullable } = splitNull(declared);
    const scalar = (type: string, remark?: string): MemberType => ({
      type: namedType(type),
      nullable,
      shape: undefined,
      remark,
    });
    const words = schema.const === undefined ? schema.enum : [schema.const];
    if (words !== undefined)
      return areNames(words) ? { ...this.#enum(name, schema, words), nullable } : scalar(...looseWords(words));
    switch (schema.type) {
      case "string":
        return scalar("String");
      case "boolean":
        return scalar("Boolean");
      case "number":
        return scalar("Float");
      case "integer":
        return fitsInt(schema) ? scalar("Int") : scalar("Float", "A whole number.");
      case "array":
        return isSchema(schema.items) ? { ...this.#list(name, schema.items), nullable } : scalar("JSON");
      case "object":
        return isClosed(schema) ? { ...this.#object(name, schema), nullable } : scalar("JSONObject");
      case "null":
      case undefined:
      default:
        return scalar("JSON");
    }
  }

  #follow(reference: string): MemberType {
    const [, key] = /^#\/\$defs\/(.+)$/.exec(reference) ?? [];
    const target = key === undefined ? this.#root : this.#root.$defs?.[key];
    if (target === undefined) throw new Error(`${this.#rootName}: ${reference} does not exist`);
    return this.read(target, key === undefined ? this.#rootName : this.#rootName + toPascal(key));
  }

  #list(name: string, items: JsonSchema): Omit<MemberType, "nullable"> {
    const item = this.read(items, toSingular(name));
    return {
      type: listType(item.nullable ? item.type : nonNullType(item.type)),
      shape: { kind: "list", items: item.shape },
      remark: item.remark,
    };
  }

  #enum(name: string, schema: JsonSchema, values: readonly string[]): Omit<MemberType, "nullable"> {
    const description = schema.description ?? "A value of the contract.";
    this.#definitions.set(name, {
      shape: undefined,
      definition: enumType({ name: assertName(name), description, values }),
    });
    return { type: namedType(name), shape: undefined };
  }

  /** Registers the type before it reads the fields, so that a type may contain itself. */
  #object(name: string, schema: JsonSchema): Omit<MemberType, "nullable"> {
    const known = this.#definitions.get(name);
    if (known !== undefined) return { type: namedType(name), shape: known.shape };
    const members = new Map<string, { readonly nullable: boolean; readonly shape: InputShape }>();
    const entry: { readonly shape: InputShape; definition?: TypeDefinitionNode } = {
      shape: { kind: "object", members },
    };
    this.#definitions.set(name, entry);
    const fields = Object.entries(schema.properties ?? {}).map(([key, property]) => {
      const declared = isSchema(property) ? property : {};
      const input = this.read(declared, name + toPascal(key));
      members.set(key, input);
      const mandatory = schema.required?.includes(key) === true && !input.nullable;
      return inputField({
        name: assertName(key),
        description: describeMember(key, declared, input.remark),
        type: mandatory ? nonNullType(input.type) : input.type,
      });
    });
    entry.definition = inputType({
      name: assertName(name),
      description: schema.description ?? "A part of the contract's input.",
      fields,
    });
    return { type: namedType(name), shape: entry.shape };
  }
}

function splitNull(schema: JsonSchema): { readonly schema: JsonSchema; readonly nullable: boolean } {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) {
    const [only, ...others] = alternatives.filter((alternative) => alternative.type !== "null");
    const nullable = others.length + 1 < alternatives.length;
    return { schema: only !== undefined && others.length === 0 ? { ...schema, ...only } : {}, nullable };
  }
  const types = [schema.type ?? []].flat();
  const [type, ...others] = types.filter((candidate) => candidate !== "null");
  return { schema: { ...schema, type: others.length === 0 ? type : undefined }, nullable: types.includes("null") };
}

const maxGraphqlInt = 2 ** 31 - 1;

function fitsInt({
  minimum = -Infinity,
  exclusiveMinimum = -Infinity,
  maximum = Infinity,
  exclusiveMaximum = Infinity,
}: JsonSchema): boolean {
  return (
    Math.max(minimum, Number(exclusiveMinimum)) >= -maxGraphqlInt - 1 &&
    Math.min(maximum, Number(exclusiveMaximum)) <= maxGraphqlInt
  );
}

function isSchema(schema: unknown): schema is JsonSchema {
  return typeof schema === "object" && !Array.isArray(schema);
}

/** Whether the schema has named members only. */
function isClosed({ properties = {}, additionalProperties }: JsonSchema): boolean {
  return Object.keys(properties).length > 0 && !isSchema(additionalProperties) && additionalProperties !== true;
}

function areNames(words: readonly unknown[]): words is readonly string[] {
  return words.every((word) => typeof word === "string" && /^(?!__|(?:true|false|null)$)[_A-Za-z]\w*$/.test(word));
}

function looseWords(words: readonly unknown[]): [string, string] {
  const type = words.every((word) => typeof word === "string") ? "String" : "JSON";
  return [type, `One of ${words.map((word) => JSON.stringify(word)).join(", ")}.`];
}

function describeMember(key: string, schema: JsonSchema, remark: string | undefined): string {
  const meaning = schema.description ?? `\`${key}\` in the contract.`;
  const fallback = schema.default === undefined ? undefined : `Default: ${JSON.stringify(schema.default)}.`;
  return [meaning, remark, fallback].filter((part) => part !== undefined).join(" ");
}

export function toPascal(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function toSingular(name: string): string {
  return name
    .replace(/ies$/, "y")
    .replace(/(x|ch|sh|ss)es$/, "$1")
    .replace(/([^s])s$/, "$1");
}
