import { GraphQLError, Kind, type ValueNode } from "graphql";
import { losesDigits, isRoundedToWhole, toNumber } from "../../json/number-text.js";
import { noteRounded } from "../../json/rounded.js";
import type { JsonObject, JsonValue } from "../../json/value.js";

type Variables = Readonly<Record<string, unknown>> | null | undefined;

/** Reads a JSON value in the text of an operation. Whole numbers keep all digits; `__proto__` is a plain key. */
export function readJsonLiteral(node: ValueNode, variables: Variables): JsonValue {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.BOOLEAN:
    case Kind.STRING:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return toNumber(finite(node));
    case Kind.LIST:
      return noteMembers(
        node.values.map((element) => readJsonLiteral(element, variables)),
        node.values.entries(),
      );
    case Kind.OBJECT: {
      const given = node.fields
        .filter(({ value }) => isGiven(value, variables))
        .map(({ name, value }) => [name.value, value] as const);
      return noteMembers(
        Object.fromEntries(given.map(([name, value]) => [name, readJsonLiteral(value, variables)])),
        given,
      );
    }
    case Kind.VARIABLE:
      // Variables are parsed from JSON and coerced before literals are read.
      return (variables?.[node.name.value] ?? null) as JsonValue;
    case Kind.ENUM:
      throw new GraphQLError(`${node.value} is not a JSON value: text must be in quotes`, { nodes: node });
  }
}

function noteMembers<Container extends readonly JsonValue[] | JsonObject>(
  container: Container,
  members: Iterable<readonly [string | number, ValueNode]>,
): Container {
  // Of a list only whole doubles matter, as in JSON.
  const isNoted = Array.isArray(container) ? isRoundedToWhole : losesDigits;
  for (const [member, node] of members)
    if (node.kind === Kind.FLOAT && isNoted(node.value)) noteRounded(container, member, node.value);
  return container;
}

function finite(node: ValueNode & { readonly value: string }): string {
  if (Number.isFinite(Number(node.value))) return node.value;
  const shown = node.value.length > 20 ? `${node.value.slice(0, 20)}…` : node.value;
  throw new GraphQLError(`the number ${shown} is out of range`, { nodes: node });
}

/** Validation runs before the variables are known; in execution a missing variable omits its key. */
function isGiven(node: ValueNode, variables: Variables): boolean {
  return (
    node.kind !== Kind.VARIABLE ||
    variables === null ||
    variables === undefined ||
    variables[node.name.value] !== undefined
  );
}
