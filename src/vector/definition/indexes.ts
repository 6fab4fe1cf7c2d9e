import { DefinitionError } from "../../contract/provider.js";
import type { VectorCollectionDefinition, VectorFieldDefinition, MetricType } from "./definition.js";
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

/** An index with all members of its description. */
export interface Index {
  readonly fieldName: string;
  readonly indexName: string;
  readonly metricType: MetricType;
}

/** The server names a metric of every index, also of a scalar field. */
export function toIndexes({ indexes = [], fields }: Pick<VectorCollectionDefinition, "indexes" | "fields">): readonly Index[] {
  return indexes.map(({ fieldName, indexName = fieldName, metricType }) => {
    const type = fields.find(({ name }) => name === fieldName)?.type;
    const [usual = "COSINE"] = (type && metricsOf[type]) ?? [];
    return { fieldName, indexName, metricType: metricType ?? usual };
  });
}

/** @throws DefinitionError */
export function checkIndexes({ indexes = [], fields }: Pick<VectorCollectionDefinition, "indexes" | "fields">): void {
  const taken = new Set<string>();
  for (const [position, { fieldName, indexName = fieldName, metricType }] of indexes.entries()) {
    const refuse = (option: string, rule: string, message: string) => new DefinitionError({ field: `indexes.${position}.${option}`, rule, message });
    const type = fields.find(({ name }) => name === fieldName)?.type;
    if (type === undefined) throw refuse("fieldName", "unknown-field", "an index must be of one of the fields");
    if (findNameFault(indexName) !== undefined) throw refuse("indexName", "name", "the name of an index must be 1 to 255 letters, digits and underscores and not start with a digit");
    if (taken.has(`field ${fieldName}`)) throw refuse("fieldName", "unique", "at most one distinct index is allowed per field");
    if (taken.has(`index ${indexName}`)) throw refuse("indexName", "unique", "another index has the name");
    taken.add(`field ${fieldName}`).add(`index ${indexName}`);
    if (metricType !== undefined && !metricsOf[type]?.includes(metricType)) throw refuse("metricType", "metric-type", `an index of type ${type} does not support metric type: ${metricType}`);
  }
}
