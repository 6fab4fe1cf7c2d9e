import { type ASTVisitor, GraphQLError, type ValidationContext } from "graphql";

/** graphql-js itself tells of an operation type that the schema does not have only when it executes, as if that were a defect. */
export function knownOperationsRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (node) => {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(new GraphQLError(`this server has no ${node.operation}s`, { nodes: node }));
    },
  };
}
