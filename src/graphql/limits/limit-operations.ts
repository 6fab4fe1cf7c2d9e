import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import type { OperationSteps } from "../apollo/operation-steps.js";
import { createCostMeter } from "./operation-cost.js";
import { OperationLimitError, type OperationLimits, refuseOverLimit } from "./operation-limits.js";
import { rememberCost } from "./remembered-cost.js";
import { countSelections, measureShape } from "./operation-shape.js";

/** Stands in for a document over a limit, so that its validation takes no time. */
const emptyDocument = parse("{ __typename }", { noLocation: true });

interface MeasuredText {
  readonly selections: number;
  readonly refusal?: OperationLimitError;
}

/**
 * Refuses an operation over a limit before it is executed: by its text before it is validated, and by its arguments
 * when they are known.
 */
export function limitOperations(schema: GraphQLSchema, limits: OperationLimits): OperationSteps {
  const measureCost = rememberCost(createCostMeter(schema));
  /** Apollo keeps documents, those that stand in for refused ones as well, and does not validate them again. */
  const measured = new WeakMap<DocumentNode, MeasuredText>();

  function measureText(document: DocumentNode): MeasuredText {
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
    validationDidStart: (request) => {
      const text = measureText(request.document);
      // Apollo assigns the document itself and types it as fixed for plugins.
      if (text.refusal !== undefined) Object.assign(request, { document: { ...emptyDocument } });
      measured.set(request.document, text);
    },
    didResolveOperation: ({ document, operation, request: { variables } }) => {
      const { selections, refusal } = measured.get(document) ?? measureText(document);
      if (refusal !== undefined) throw refusal;
      // Execution reports an operation that does not exist.
      const cost = operation && measureCost({ document, operation, variables, selections });
      if (cost !== undefined) refuseOverLimit(limits, cost);
    },
  };
}
