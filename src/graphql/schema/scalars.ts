import { GraphQLError, GraphQLScalarType } from "graphql";
import { GraphQLDateTime } from "graphql-scalars";
import { isJsonObject, type JsonObject, type JsonValue } from "../../json/value.js";
import { readJsonLiteral } from "./json-literal.js";

/** Only ever answered, in UTC and with three digits of a second: what that page asks for. */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  description: "A moment in UTC, to the millisecond: `2026-01-31T10:00:00.000Z`.",
  specifiedByURL: "https://scalars.graphql.org/andimarek/date-time",
});

const digits = "Integers beyond 2^53 - 1 are taken with all their digits and are answered as text.";

export const Json = new GraphQLScalarType<JsonValue, unknown>({
  name: "JSON",
  description: `Any JSON value. ${digits}`,
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc8259",
  serialize: (value) => value,
  // What arrives here was parsed from JSON.
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

/** The very same object: nothing is copied, nothing below the first level is looked at. */
function requireObject(value: unknown): JsonObject {
  if (isJsonObject(value)) return value;
  throw new GraphQLError(`a JSON object is expected, not ${describeJsonType(value)}`);
}

function describeJsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
