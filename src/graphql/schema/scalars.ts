import { GraphQLError, GraphQLScalarType } from "graphql";
import { GraphQLDateTime } from "graphql-scalars";
import { isJsonObject, type JsonObject, type JsonValue } from "../../json/value.js";
import { readJsonLiteral } from "./json-literal.js";

/** For output only, in UTC and with three digits of a second, as its specification requires. */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  description: "A moment in UTC, to the millisecond: `2026-01-31T10:00:00.000Z`.",
  specifiedByURL: "https://scalars.graphql.org/andimarek/date-time",
});

const digits = "Integers beyond 2^53 - 1 are accepted with all digits and answered as text.";

export const Json = new GraphQLScalarType<JsonValue, unknown>({
  name: "JSON",
  description: `Any JSON value. ${digits}`,
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc8259",
  serialize: (value) => value,
  // Apollo has parsed the value from JSON.
  parseValue: (value) => value as JsonValue,
  parseLiteral: readJsonLiteral,
});

export const JsonObjectScalar = new GraphQLScalarType<JsonObject, unknown>({
  name: "JSONObject",
  description: `A JSON object. ${digits}`,
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc8259#section-4",
  serialize: requireObject,
  parseValue: requireObject,
  parseLiteral: (node, variables) => requireObject(readJsonLiteral(node, variables)),
});

/** Answers the same object, without a copy and without a look below the first level. */
function requireObject(value: unknown): JsonObject {
  if (isJsonObject(value)) return value;
  throw new GraphQLError(`a JSON object is expected, not ${describeJsonType(value)}`);
}

function describeJsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
