import {
  type DocumentNode,
  getNamedType,
  getNullableType,
  type GraphQLError,
  type GraphQLSchema,
  isIntrospectionType,
  isLeafType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  TypeInfo,
  ValidationContext,
} from "graphql";
import { type ComplexityEstimator, createComplexityRule } from "graphql-query-complexity";
import { isJsonObject } from "../../json/value.js";
import { defaultFirst, maxPageItems } from "../paging/page-size.js";
import { introspectionLists } from "./introspection-lists.js";
import type { OperationLimits } from "./operation-limits.js";

export type Cost = Pick<OperationLimits, "rootFields" | "nodes" | "records">;
type EstimatedField = Parameters<ComplexityEstimator>[0];
type Arguments = Readonly<Record<string, unknown>>;

/** The items that a list counts for when neither its arguments nor the schema tell their number. */
const assumedItems = 20;

/** An entity is looked up by itself, which takes as long as twenty values of a page. */
const entityNodes = 20;

export interface MeasuredOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Arguments | undefined;
  /** Selections of the document, fragments written out: the package needs a bound of its own. */
  readonly selections: number;
}

/** Measures an operation that has been validated; undefined where its variables do not fit, which execution reports. */
export type MeasureCost = (operation: MeasuredOperation) => Cost | undefined;

export function createCostMeter(schema: GraphQLSchema): MeasureCost {
  const listItems = introspectionLists(schema);
  const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType()]);

  /** The values of a field and below it. The items of a page are multiplied at the page, not at the list within it. */
  function countNodes({ type, field, args, childComplexity }: EstimatedField): number {
    const isList = isListType(getNullableType(field.type));
    if (isPage(type)) return isList ? 1 + childComplexity : 0;
    if (isPaged(field)) return 1 + itemsOfPage(args) * childComplexity;
    if (isLeafType(getNamedType(field.type)) || !isList) return 1 + childComplexity;
    if (isIntrospectionType(type))
      return 1 + (listItems.get(`${type.name}.${field.name}`) ?? 1) * (1 + childComplexity);
    const { representations } = args as Arguments;
    if (Array.isArray(representations)) return 1 + representations.length * (entityNodes + childComplexity);
    return 1 + assumedItems * (1 + childComplexity);
  }

  return ({ document, operation, variables, selections }) => {
    let rootFields = 0;
    let records = 0;
    const estimate: ComplexityEstimator = (part) => {
      if (isObjectType(part.type) && roots.has(part.type)) {
        rootFields += 1;
        records += countRecords(part.args);
      }
      return countNodes(part);
    };
    const errors: GraphQLError[] = [];
    const context = new ValidationContext(schema, document, new TypeInfo(schema), (error) => errors.push(error));
    const rule = createComplexityRule({
      estimators: [estimate],
      maximumComplexity: Infinity,
      maxQueryNodes: selections + 1,
      variables: { ...variables },
    })(context);
    // Not by a visit: it would go through every value in the text.
    rule.onOperationDefinitionEnter(operation);
    return errors.length === 0 ? { rootFields, nodes: rule.complexity, records } : undefined;
  };
}

/** The type of a page: its lists have the items, and its other values are counted with the page itself. */
function isPage(type: { readonly name: string }): boolean {
  return type.name.endsWith("Connection");
}

function isPaged({ type }: EstimatedField["field"]): boolean {
  return isPage(getNamedType(type));
}

/** A number that no page may have is refused by the field itself. */
function itemsOfPage({ first }: Arguments): number {
  if (typeof first !== "number") return defaultFirst;
  return first < 0 || first > maxPageItems ? 0 : first;
}

function countRecords({ input }: Arguments): number {
  const records = isJsonObject(input) ? input["records"] : undefined;
  return Array.isArray(records) ? records.length : 0;
}
