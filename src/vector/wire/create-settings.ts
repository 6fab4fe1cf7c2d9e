import type { JsonObject, JsonValue } from "../../json/value.js";
import { showValue } from "../../json/stringify.js";
import { consistencyLevels } from "../definition/definition.js";
import { isOneOf } from "../definition/field.js";
import { refuseParameter } from "../failures/vector-failures.js";
import { invalidParameter } from "../values/inspection.js";
import { readNumericText, withoutUndefined } from "./schema-v2.js";

type Members = Readonly<Record<string, JsonValue | undefined>> | null | undefined;

interface CreateSettings {
  readonly consistencyLevel?: string | null | undefined;
  readonly params?: Members;
  readonly properties?: Members;
}

/** The property that the server makes of `ttlSeconds`. */
const ttlProperty = "collection.ttl.seconds";

/** The members of `params` that have a place of their own in a definition. */
const placed: ReadonlySet<string> = new Set([
  "max_length",
  "enableDynamicField",
  "shardsNum",
  "partitionsNum",
  "consistencyLevel",
  "ttlSeconds",
]);

/** The settings of a collection that are described, of no effect here. @throws RefusalError */
export function readSettings({ consistencyLevel, params, properties }: CreateSettings): JsonObject {
  const level = consistencyLevel || params?.["consistencyLevel"] || undefined;
  if (level !== undefined && !(typeof level === "string" && isOneOf(consistencyLevels, level))) {
    const expected = consistencyLevels.join(", ");
    const problem = `consistencyLevel can only be [${expected}], default: Bounded`;
    throw refuseParameter({
      field: "consistencyLevel",
      rule: "consistency-level",
      cause: invalidParameter(problem, { expected, actual: level }),
    });
  }
  const ttl = params?.["ttlSeconds"] ?? undefined;
  if (ttl !== undefined && (properties?.[ttlProperty] ?? undefined) !== undefined)
    throw refuseParameter({
      field: "params.ttlSeconds",
      rule: "unique",
      cause: invalidParameter("collection TTL is specified multiple times"),
    });
  const others = Object.entries(params ?? {}).filter(([name]) => !placed.has(name));
  const kept = [...others, [ttlProperty, ttl] as const, ...Object.entries(properties ?? {})].flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [{ key, value: toText(value) }],
  );
  return withoutUndefined({
    consistencyLevel: level,
    shardsNum: readNumericText(params?.["shardsNum"] ?? undefined),
    partitionsNum: readNumericText(params?.["partitionsNum"] ?? undefined),
    properties: kept.length === 0 ? undefined : kept,
  });
}

function toText(value: JsonValue): string {
  return typeof value === "string" ? value : showValue(value);
}
