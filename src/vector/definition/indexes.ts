import { DefinitionError } from "../../contract/provider.js";
import { stringifyJson } from "../../json/stringify.js";
import type { JsonValue } from "../../json/value.js";
import type { KeyValue, VectorCollectionDefinition, VectorFieldDefinition, MetricType } from "./definition.js";
import { automaticIndex } from "./index-types.js";
import { findNameFault } from "./name-faults.js";

const floatMetrics: readonly MetricType[] = ["COSINE", "L2", "IP"];

/** The metrics of each vector type, the default first. Other types do not have metrics. */
const metricsOf: Partial<Record<VectorFieldDefinition["type"], readonly MetricType[]>> = {
  FloatVector: floatMetrics,
  Float16Vector: floatMetrics,
  BFloat16Vector: floatMetrics,
  Int8Vector: floatMetrics,
  BinaryVector: ["HAMMING", "JACCARD", "SUBSTRUCTURE", "SUPERSTRUCTURE"],
  SparseFloatVector: ["IP"],
};

/** An index as a collection is described with it. */
export interface Index {
  readonly fieldName: string;
  readonly indexName: string;
  readonly metricType: MetricType;
}

/** Whether the field of that type has values that an index of a metric compares. */
export function isVectorType(type: VectorFieldDefinition["type"]): boolean {
  return metricsOf[type] !== undefined;
}

type Indexed = Pick<VectorCollectionDefinition, "indexes" | "fields">;

/** The names of the vector fields without an index. */
export function fieldsWithoutIndex({ indexes = [], fields }: Indexed): readonly string[] {
  const indexed = new Set(indexes.map(({ fieldName }) => fieldName));
  return fields.filter(({ name, type }) => isVectorType(type) && !indexed.has(name)).map(({ name }) => name);
}

/** Whether the collection is described as loaded. It is served in either case. */
export function isLoaded(definition: Indexed & Pick<VectorCollectionDefinition, "loaded">): boolean {
  const { loaded, indexes = [] } = definition;
  return loaded ?? (indexes.length > 0 && fieldsWithoutIndex(definition).length === 0);
}

/** The server names a metric of every index, also of a scalar field. */
export function toIndexes({ indexes = [], fields }: Indexed): readonly Index[] {
  return indexes.map(({ fieldName, indexName = fieldName, metricType }) => {
    const type = fields.find(({ name }) => name === fieldName)?.type;
    const [usual = "COSINE"] = (type && metricsOf[type]) ?? [];
    return { fieldName, indexName, metricType: metricType ?? usual };
  });
}

/** The metric, if an index of a field of that type has it. */
export function findMetric(type: VectorFieldDefinition["type"], metric: string | undefined): MetricType | undefined {
  return metricsOf[type]?.find((each) => each === metric);
}

interface DescribedIndex {
  readonly fieldName: string;
  readonly indexName: string;
  readonly indexType: string;
  /** Empty for a field without a metric. */
  readonly metricType: string;
  readonly indexParams: readonly KeyValue[];
}

export type IndexDefinition = NonNullable<VectorCollectionDefinition["indexes"]>[number];

/** An index with its type, its metric and its parameters, defaults written out. */
export function describedIndex(
  { fieldName, indexName = fieldName, metricType, indexType = automaticIndex, params = [] }: IndexDefinition,
  fields: readonly VectorFieldDefinition[],
): DescribedIndex {
  const type = fields.find(({ name }) => name === fieldName)?.type;
  const metric = metricType ?? (type && metricsOf[type]?.[0]) ?? "";
  const others = Object.fromEntries(params.map(({ key, value }) => [key, toNumberOrText(value)]));
  const indexParams = [
    { key: "index_type", value: indexType },
    ...(metric === "" ? [] : [{ key: "metric_type", value: metric }]),
    ...(params.length === 0 ? [] : [{ key: "params", value: stringifyJson(others) }]),
  ];
  return { fieldName, indexName, indexType, metricType: metric, indexParams };
}

function toNumberOrText(text: string): JsonValue {
  const value = Number(text);
  return String(value) === text ? value : text;
}

export function describedIndexes({ indexes = [], fields }: Indexed): readonly DescribedIndex[] {
  return indexes.map((index) => describedIndex(index, fields));
}

/** @throws DefinitionError */
export function checkIndexes({ indexes = [], fields }: Indexed): void {
  const taken = new Set<string>();
  for (const [position, { fieldName, indexName = fieldName, metricType }] of indexes.entries()) {
    const refuse = (option: string, rule: string, message: string) =>
      new DefinitionError({ field: `indexes.${position}.${option}`, rule, message });
    const type = fields.find(({ name }) => name === fieldName)?.type;
    if (type === undefined) throw refuse("fieldName", "unknown-field", "an index must be of one of the fields");
    if (findNameFault(indexName) !== undefined)
      throw refuse(
        "indexName",
        "name",
        "the name of an index must be 1 to 255 letters, digits and underscores and not start with a digit",
      );
    if (taken.has(`field ${fieldName}`))
      throw refuse("fieldName", "unique", "at most one distinct index is allowed per field");
    if (taken.has(`index ${indexName}`)) throw refuse("indexName", "unique", "another index has the name");
    taken.add(`field ${fieldName}`).add(`index ${indexName}`);
    if (metricType !== undefined && !metricsOf[type]?.includes(metricType))
      throw refuse("metricType", "metric-type", `an index of type ${type} does not support metric type: ${metricType}`);
  }
}
