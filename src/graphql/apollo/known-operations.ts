import { type ASTVisitor, GraphQLError, type ValidationContext } from "graphql";

/** graphql-js detects an operation without a root type during execution only, and reports it like a defect. */
export function knownOperationsRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (node) => {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(new GraphQLError(`this server does not have ${node.operation}s`, { nodes: node }));
    },
  };
}
