import { type DocumentNode, Kind, type OperationDefinitionNode, type ValueNode, visit } from "graphql";
import { isJsonObject } from "../../json/value.js";
import type { Cost, MeasureCost, MeasuredOperation } from "./operation-cost.js";

/** A variable that is the `input` of a root field, or a member of it. */
interface InputVariable {
  readonly name: string;
  /** Undefined for a member that is not the records. */
  readonly recordsOf: ((value: unknown) => unknown) | undefined;
}

interface RememberedCost {
  /** Undefined where a variable has another place. */
  readonly inputs: readonly InputVariable[] | undefined;
  /** Without the records of these inputs; undefined until it is measured. */
  readonly cost?: Cost;
}

/**
 * Measures an operation once, when its variables can change nothing but the number of records. Every other operation is
 * measured with the variables of the request.
 */
export function rememberCost(measure: MeasureCost): MeasureCost {
  const remembered = new WeakMap<OperationDefinitionNode, RememberedCost>();
  return (measured) => {
    const { operation, variables } = measured;
    const known = remembered.get(operation) ?? { inputs: findInputVariables(measured) };
    const records = known.inputs && countSentRecords(known.inputs, variables);
    if (known.cost && records !== undefined) return { ...known.cost, records: known.cost.records + records };
    const cost = measure(measured);
    const isKnown = cost !== undefined && records !== undefined;
    remembered.set(operation, isKnown ? { ...known, cost: { ...cost, records: cost.records - records } } : known);
    return cost;
  };
}

/** Undefined where a variable has another place. */
function findInputVariables({ document, operation }: MeasuredOperation): readonly InputVariable[] | undefined {
  // Without a visit, which would go through every value in the text.
  if (operation.variableDefinitions?.length === 0) return [];
  const inputs = operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD
      ? (selection.arguments ?? []).flatMap(({ name, value }) => (name.value === "input" ? variablesOf(value) : []))
      : [],
  );
  return countVariables(document) === inputs.length ? inputs : undefined;
}

function variablesOf(input: ValueNode): readonly InputVariable[] {
  if (input.kind === Kind.VARIABLE) return [{ name: input.name.value, recordsOf: recordsMember }];
  if (input.kind !== Kind.OBJECT) return [];
  return input.fields.flatMap(({ name, value }) => {
    if (value.kind !== Kind.VARIABLE) return [];
    return [{ name: value.name.value, recordsOf: name.value === "records" ? (list: unknown) => list : undefined }];
  });
}

function countVariables(document: DocumentNode): number {
  let count = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: () => {
      count += 1;
    },
  });
  return count;
}

/** Undefined for records that are not a list: as they are executed, they may be another number. */
function countSentRecords(
  inputs: readonly InputVariable[],
  variables: MeasuredOperation["variables"],
): number | undefined {
  let count = 0;
  for (const { name, recordsOf } of inputs) {
    if (recordsOf === undefined) continue;
    const records = recordsOf(variables?.[name]);
    if (!Array.isArray(records)) return undefined;
    count += records.length;
  }
  return count;
}

function recordsMember(value: unknown): unknown {
  return isJsonObject(value) ? value["records"] : undefined;
}
