import { shorten } from "../../../json/quote.js";
import type { VectorCollectionDefinition, VectorFieldDefinition } from "../../definition/definition.js";
import { automaticIndex } from "../../definition/index-types.js";
import { describedIndex, findMetric, isVectorType, type IndexDefinition } from "../../definition/indexes.js";
import { findNameFault, type NameFault } from "../../definition/name-faults.js";
import { refuseParameter } from "../../failures/vector-failures.js";
import { invalidParameter } from "../../values/inspection.js";
import { toIndexDefinition, type DeclaredIndex } from "../../wire/index-parameters.js";

export type NewIndex = DeclaredIndex;

/** The indexes with the new one; undefined when the same index exists. @throws RefusalError */
export function addIndex(
  { indexes = [], fields }: Pick<VectorCollectionDefinition, "indexes" | "fields">,
  wanted: NewIndex,
  position: number,
): IndexDefinition[] | undefined {
  const refuse = (member: string, rule: string, cause: string) =>
    refuseParameter({ field: `indexParams.${position}.${member}`, rule, cause });
  const fieldName = wanted.fieldName ?? "";
  const present = indexes.find((each) => each.fieldName === fieldName);
  const indexName = wanted.indexName || present?.indexName || fieldName;
  const fault = wanted.indexName ? findNameFault(indexName) : undefined;
  if (fault !== undefined) {
    const problem = `Invalid index name: ${shorten(indexName)}. ${indexFaults[fault]}`;
    throw refuse("indexName", "name", invalidParameter(problem));
  }
  const type = fields.find(({ name }) => name === fieldName)?.type;
  if (type === undefined)
    throw refuse(
      "fieldName",
      "unknown-field",
      invalidParameter(`cannot create index on non-exist field: ${shorten(fieldName)}`),
    );
  const parsed = toIndexDefinition({ ...wanted, indexName }, `indexParams.${position}`);
  const metricType = findMetric(type, parsed.metricType);
  if (metricType === undefined && parsed.metricType !== undefined)
    throw refuse("metricType", "metric-type", toMetricProblem(type, parsed.metricType));
  if (
    isVectorType(type) &&
    parsed.metricType === undefined &&
    parsed.indexType !== undefined &&
    parsed.indexType !== automaticIndex
  )
    throw refuse(
      "metricType",
      "required",
      invalidParameter(`metric type not set for vector index: ${parsed.indexType}`),
    );
  const { metricType: _sent, ...others } = parsed;
  const index: IndexDefinition = { ...others, ...(metricType !== undefined && { metricType }) };
  const named = indexes.find((each) => (each.indexName ?? each.fieldName) === indexName);
  const isSame = (other: IndexDefinition) =>
    JSON.stringify(describedIndex(other, fields)) === JSON.stringify(describedIndex(index, fields));
  if (named !== undefined) {
    if (isSame(named)) return undefined;
    throw refuse("indexName", "unique", invalidParameter("at most one distinct index is allowed per field"));
  }
  if (present !== undefined)
    throw refuse(
      "fieldName",
      "unique",
      invalidParameter("CreateIndex failed: creating multiple indexes on same field is not supported"),
    );
  return [...indexes, index];
}

function toMetricProblem(type: VectorFieldDefinition["type"], metric: string): string {
  const kinds: Partial<Record<typeof type, string>> = {
    BinaryVector: "binary vector index",
    SparseFloatVector: "sparse vector index",
    Int8Vector: "int vector index",
  };
  const kind = isVectorType(type) ? (kinds[type] ?? "float vector index") : `an index of type ${type}`;
  return invalidParameter(`${kind} does not support metric type: ${shorten(metric)}`, {
    expected: "valid index params",
    actual: "invalid index params",
  });
}

const indexFaults = {
  length: "The length of a index name must be less than 255 characters.",
  start: "The first character of a index name must be an underscore or letter.",
  characters: "Index name can only contain numbers, letters, and underscores.",
} as const satisfies Record<NameFault, string>;
