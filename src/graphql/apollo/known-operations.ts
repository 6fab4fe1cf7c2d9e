import { type ASTVisitor, GraphQLError, type ValidationContext } from "graphql";

/** graphql-js misses the type of an operation only when it executes, and then tells of it as of a defect. */
export function knownOperationsRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (node) => {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(new GraphQLError(`this server has no ${node.operation}s`, { nodes: node }));
    },
  };
}
