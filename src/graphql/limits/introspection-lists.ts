import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from "graphql";

/** How many items the lists of introspection have in this schema, on average, by `Type.field`. */
export function introspectionLists(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const types = Object.values(schema.getTypeMap());
  const directives = schema.getDirectives();
  const fields = types.flatMap(fieldsOf);
  const average = (count: (type: GraphQLNamedType) => number): number =>
    types.reduce((sum, type) => sum + count(type), 0) / types.length;
  return new Map([
    ["__Schema.types", types.length],
    ["__Schema.directives", directives.length],
    ["__Type.fields", fields.length / types.length],
    ["__Type.inputFields", average((type) => (isInputObjectType(type) ? sizeOf(type.getFields()) : 0))],
    ["__Type.enumValues", average((type) => (isEnumType(type) ? type.getValues().length : 0))],
    ["__Type.interfaces", average((type) => (isObjectType(type) ? type.getInterfaces().length : 0))],
    ["__Type.possibleTypes", average((type) => (isAbstractType(type) ? schema.getPossibleTypes(type).length : 0))],
    ["__Field.args", fields.reduce((sum, { args }) => sum + args.length, 0) / Math.max(1, fields.length)],
    ["__Directive.args", directives.reduce((sum, { args }) => sum + args.length, 0) / directives.length],
  ]);
}

function fieldsOf(type: GraphQLNamedType) {
  return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
}

function sizeOf(fields: object): number {
  return Object.keys(fields).length;
}
