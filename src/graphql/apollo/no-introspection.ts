import { type ASTVisitor, GraphQLError, type ValidationContext } from "graphql";

/** `_service` answers the schema to the composition of a supergraph. */
const schemaFields: ReadonlySet<string> = new Set(["__schema", "__type", "_service"]);

/** For a server that does not tell its schema. `__typename` stays: clients need it to read unions. */
export function noIntrospectionRule(context: ValidationContext): ASTVisitor {
  return {
    Field: (node) => {
      const { value: name } = node.name;
      if (!schemaFields.has(name)) return;
      context.reportError(new GraphQLError(`${name}: this server does not answer introspection`, { nodes: node }));
    },
  };
}
