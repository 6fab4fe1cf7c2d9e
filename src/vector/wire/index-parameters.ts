import type { JsonValue } from "../../json/value.js";
import { shorten } from "../../json/quote.js";
import { showValue } from "../../json/stringify.js";
import type { KeyValue } from "../definition/definition.js";
import { automaticIndex, indexTypes } from "../definition/index-types.js";
import { refuseParameter } from "../failures/vector-failures.js";
import { invalidParameter } from "../values/inspection.js";

/** An index as a request declares it. */
export interface DeclaredIndex {
  readonly fieldName?: string | null | undefined;
  readonly indexName?: string | null | undefined;
  readonly metricType?: string | null | undefined;
  readonly indexType?: string | null | undefined;
  readonly params?: Readonly<Record<string, JsonValue | undefined>> | null | undefined;
}

/** An index in the form of a definition; its metric is not judged yet. */
export interface UnjudgedIndex {
  readonly fieldName: string;
  readonly indexName?: string;
  readonly metricType?: string;
  readonly indexType?: string;
  readonly params?: KeyValue[];
}

/** Clients write the type and the metric also among the parameters. @throws RefusalError for an unknown type */
export function toIndexDefinition(
  { fieldName, indexName, metricType, indexType, params }: DeclaredIndex,
  place: string,
): UnjudgedIndex {
  const { index_type: otherType, metric_type: otherMetric, ...others } = params ?? {};
  const type = indexType || textOrNothing(otherType) || automaticIndex;
  const metric = metricType || textOrNothing(otherMetric);
  if (!indexTypes.has(type))
    throw refuseParameter({
      field: `${place}.indexType`,
      rule: "index-type",
      cause: `invalid parameter[expected=valid index][actual=invalid index type: ${shorten(type)}]`,
    });
  const kept = Object.entries(others).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [{ key, value: typeof value === "string" ? value : showValue(value) }],
  );
  if (type === automaticIndex && kept.length > 0)
    throw refuseParameter({
      field: `${place}.params`,
      rule: "automatic",
      cause: invalidParameter("only metric type can be passed when use AutoIndex"),
    });
  return {
    fieldName: fieldName ?? "",
    ...(indexName && { indexName }),
    ...(metric && { metricType: metric }),
    ...(type !== automaticIndex && { indexType: type }),
    ...(kept.length > 0 && { params: kept }),
  };
}

function textOrNothing(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
