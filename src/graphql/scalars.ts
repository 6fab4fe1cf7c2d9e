import { GraphQLError, GraphQLScalarType } from "graphql";
import { GraphQLDateTime } from "graphql-scalars";
import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import { readJsonLiteral } from "./json-literal.js";

export { GraphQLDateTime as DateTime };

const digits = "Integers beyond 2^53 - 1 are taken with all their digits and are answered as text.";

export const Json = new GraphQLScalarType<JsonValue, unknown>({
  name: "JSON",
  description: `Any JSON value. ${digits}`,
  serialize: (value) => value,
  // What arrives here was parsed from JSON.
  parseValue: (value) => value as JsonValue,
  parseLiteral: readJsonLiteral,
});

export const JsonObjectScalar = new GraphQLScalarType<JsonObject, unknown>({
  name: "JSONObject",
  description: `A JSON object. ${digits}`,
  serialize: toObject,
  parseValue: toObject,
  parseLiteral: (node, variables) => toObject(readJsonLiteral(node, variables)),
});

/** The very same object: nothing is copied, nothing below the first level is looked at. */
function toObject(value: unknown): JsonObject {
  if (isJsonObject(value)) return value;
  throw new GraphQLError(`a JSON object is expected, not ${nameOf(value)}`);
}

function nameOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
