import type { ApolloServerPlugin } from "@apollo/server";
import { type DocumentNode, type GraphQLError, type GraphQLSchema, parse } from "graphql";
import type { GraphqlContext } from "../context.js";
import { createCostMeter } from "./operation-cost.js";
import { OperationLimitError, type OperationLimits, refuseOverLimit } from "./operation-limits.js";
import { countSelections, measureShape } from "./operation-shape.js";

/** Stands in for a document over a limit, so that its validation takes no time. */
const emptyDocument = parse("{ __typename }", { noLocation: true });

/**
 * Refuses an operation over a limit before it is executed: by its text before it is validated, and by its arguments
 * when they are known.
 */
export function limitOperations(schema: GraphQLSchema, limits: OperationLimits): ApolloServerPlugin<GraphqlContext> {
  const measureCost = createCostMeter(schema);

  function measureText(document: DocumentNode): { readonly selections: number; readonly refusal?: GraphQLError } {
    const selections = countSelections(document);
    try {
      refuseOverLimit(limits, { selections });
      refuseOverLimit(limits, measureShape(schema, document));
      return { selections };
    } catch (refusal) {
      if (!(refusal instanceof OperationLimitError)) throw refusal;
      return { selections, refusal };
    }
  }

  return {
    requestDidStart: () => {
      let text: ReturnType<typeof measureText> = { selections: 0 };
      return Promise.resolve({
        validationDidStart: (request) => {
          text = measureText(request.document);
          // Apollo assigns the document itself and types it as fixed for plugins.
          if (text.refusal !== undefined) Object.assign(request, { document: emptyDocument });
          return Promise.resolve();
        },
        didResolveOperation: ({ document, operationName, request: { variables } }) => {
          if (text.refusal !== undefined) throw text.refusal;
          const cost = measureCost({ document, operationName, variables, selections: text.selections });
          if (cost !== undefined) refuseOverLimit(limits, cost);
          return Promise.resolve();
        },
      });
    },
  };
}
