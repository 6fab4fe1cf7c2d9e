import {
  Kind,
  type EnumTypeDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  type NameNode,
  type NamedTypeNode,
  type ListTypeNode,
  type StringValueNode,
  type TypeNode,
} from "graphql";

/** A type that may be null. */
export type NullableTypeNode = NamedTypeNode | ListTypeNode;

export function namedType(name: string): NamedTypeNode {
  return { kind: Kind.NAMED_TYPE, name: nameNode(name) };
}

export function listType(type: TypeNode): ListTypeNode {
  return { kind: Kind.LIST_TYPE, type };
}

export function nonNullType(type: NullableTypeNode): TypeNode {
  return { kind: Kind.NON_NULL_TYPE, type };
}

interface NamedNode {
  readonly name: string;
  readonly description: string;
}

export function inputField({
  name,
  description,
  type,
}: NamedNode & { readonly type: TypeNode }): InputValueDefinitionNode {
  return { kind: Kind.INPUT_VALUE_DEFINITION, name: nameNode(name), description: descriptionNode(description), type };
}

export function inputType(
  declared: NamedNode & { readonly fields: readonly InputValueDefinitionNode[]; readonly oneOf?: true },
): InputObjectTypeDefinitionNode {
  return {
    kind: Kind.INPUT_OBJECT_TYPE_DEFINITION,
    name: nameNode(declared.name),
    description: descriptionNode(declared.description),
    directives: declared.oneOf ? [{ kind: Kind.DIRECTIVE, name: nameNode("oneOf") }] : [],
    fields: declared.fields,
  };
}

export function enumType({
  name,
  description,
  values,
}: NamedNode & { readonly values: readonly string[] }): EnumTypeDefinitionNode {
  return {
    kind: Kind.ENUM_TYPE_DEFINITION,
    name: nameNode(name),
    description: descriptionNode(description),
    values: values.map((value) => ({
      kind: Kind.ENUM_VALUE_DEFINITION,
      name: nameNode(value),
      description: descriptionNode(`\`${value}\` in the contract.`),
    })),
  };
}

function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value };
}

function descriptionNode(value: string): StringValueNode {
  return { kind: Kind.STRING, value, block: true };
}
