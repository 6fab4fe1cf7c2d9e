import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
} from "graphql";
import { JsonSyntaxError, parseJson } from "../../json/parse.js";
import { shorten } from "../../json/quote.js";
import { mayHoldRounded, roundedIn } from "../../json/rounded.js";
import { isJsonArray, isJsonObject, type JsonContainer, type JsonValue } from "../../json/value.js";
import { Json, JsonObjectScalar } from "../schema/scalars.js";
import { userInputError } from "../user-input-error.js";
import type { OperationSteps } from "./operation-steps.js";

/**
 * Refuses a variable whose number is whole only by rounding where a type of GraphQL expects a number or an id: these
 * types do not see the digits. JSON values keep them.
 */
export function refuseRoundedVariables(schema: GraphQLSchema): OperationSteps {
  return {
    didResolveOperation: ({ operation, request: { variables, http } }) => {
      const sent = http?.method === "GET" ? readSearch(http.search) : variables;
      if (!mayHoldRounded()) return;
      // Apollo has parsed the variables from JSON.
      checkVariables(schema, operation?.variableDefinitions ?? [], sent);
    },
  };
}

/** The variables of a GET: Apollo reads them without regard to their digits. */
function readSearch(search: string): JsonValue | undefined {
  const text = new URLSearchParams(search).get("variables");
  try {
    return text === null ? undefined : parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined; // Apollo has refused it
    throw error;
  }
}

function checkVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: JsonValue | undefined,
): void {
  if (!isJsonObject(variables)) return;
  for (const { type: node, variable } of definitions) {
    const type = typeFromAST(schema, node);
    const name = variable.name.value;
    if (isInputType(type)) checkMember({ container: variables, member: name, value: variables[name] }, type, name);
  }
}

interface SentMember {
  readonly container: JsonContainer;
  readonly member: string | number;
  readonly value: JsonValue | undefined;
}

const keepsDigits: ReadonlySet<string> = new Set([Json.name, JsonObjectScalar.name]);

/** @throws GraphQLError with the code BAD_USER_INPUT */
function checkMember({ container, member, value }: SentMember, type: GraphQLInputType, path: string): void {
  // Also a list of records, whose elements need no look.
  if (keepsDigits.has(getNamedType(type).name)) return;
  if (isNonNullType(type)) {
    checkMember({ container, member, value }, type.ofType, path);
  } else if (isListType(type)) {
    if (!isJsonArray(value)) checkMember({ container, member, value }, type.ofType, path);
    else
      for (const [index, each] of value.entries())
        checkMember({ container: value, member: index, value: each }, type.ofType, `${path}.${index}`);
  } else if (isInputObjectType(type)) {
    if (!isJsonObject(value)) return;
    const fields = type.getFields();
    for (const [name, member] of Object.entries(value)) {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      // Execution refuses a member that the type does not have.
      if (field !== undefined)
        checkMember({ container: value, member: name, value: member }, field.type, `${path}.${name}`);
    }
  } else if (Number.isInteger(value)) {
    const written = roundedIn(container)?.get(member);
    if (written !== undefined)
      throw userInputError(`$${path}: ${type.name} would take ${shorten(written)} for another number`);
  }
}
