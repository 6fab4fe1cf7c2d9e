import { isJsonArray, type JsonObject, type JsonValue } from "../../json/value.js";
import { shorten } from "../../json/quote.js";
import { roundedIn } from "../../json/rounded.js";
import { refuseParameter } from "../failures/vector-failures.js";
import { invalidParameter, showBriefly } from "../values/inspection.js";
import { parseIntegerIn } from "../values/scalars.js";
import type { CompiledCollection } from "./compiled-collection.js";
import { tokensOf, FilterSyntaxError, type FilterToken } from "./filter-tokens.js";

export interface KeyFilter {
  readonly filter: string;
  /** Values for the names in braces. */
  readonly exprParams?: JsonObject | null | undefined;
}

/**
 * The keys that a filter of the form `key in [..]` or `key == ..` selects, in stored form and with repetitions. Every
 * other filter is refused: one that is misread would delete other entities.
 * @throws RefusalError
 */
export function readKeyFilter({ key }: CompiledCollection, { filter, exprParams }: KeyFilter): readonly string[] {
  if (filter.trim() === "")
    throw refuseFilter(`delete plan can't be empty or always true : ${shorten(filter)}: invalid parameter`);
  try {
    const { field, values } = parseFilter(tokensOf(filter), exprParams ?? {});
    if (field !== key.name)
      throw new FilterSyntaxError(`only filters on the primary key ${key.name} are served, not on ${shorten(field)}`);
    return values.map((value) => toKey(value, key.shape.kind === "text"));
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    throw refuseFilter(invalidParameter(`failed to create delete plan: ${error.message}`));
  }
}

function refuseFilter(cause: string) {
  return refuseParameter({ field: "filter", rule: "filter", cause });
}

type FilterValue = string | bigint;

interface ParsedFilter {
  readonly field: string;
  readonly values: readonly FilterValue[];
}

function parseFilter(tokens: readonly FilterToken[], parameters: JsonObject): ParsedFilter {
  const [first, operator, ...operands] = withoutParentheses(tokens);
  if (first?.kind !== "name" || operator === undefined) throw unexpected(first?.kind === "name" ? operator : first);
  if (operator.kind === "name" && /^(?:in|IN)$/.test(operator.text))
    return { field: first.text, values: readList(operands, parameters) };
  const [operand, extra] = operands;
  if (!isSign(operator, "==") || extra !== undefined) throw unexpected(isSign(operator, "==") ? extra : operator);
  return { field: first.text, values: [readOperand(operand, parameters)] };
}

function withoutParentheses(tokens: readonly FilterToken[]): readonly FilterToken[] {
  let depth = 0;
  while (isSign(tokens[depth], "(") && isSign(tokens[tokens.length - 1 - depth], ")")) depth++;
  return tokens.slice(depth, tokens.length - depth);
}

/** A list in brackets, whose last value may be followed by a comma, or the name of a list in braces. */
function readList(tokens: readonly FilterToken[], parameters: JsonObject): readonly FilterValue[] {
  const [first] = tokens;
  if (first?.kind === "parameter" && tokens.length === 1) {
    const list = parameterOf(first.text, parameters);
    if (!isJsonArray(list)) throw new FilterSyntaxError(`the value of ${shorten(first.text)} is not a list`);
    return list.map((each, index) => toFilterValue(each, roundedIn(list)?.get(index)));
  }
  if (!isSign(first, "[")) throw unexpected(first);
  if (!isSign(tokens.at(-1), "]")) throw unexpected(undefined);
  const inside = tokens.slice(1, -1);
  const values: FilterValue[] = [];
  for (const [index, token] of inside.entries()) {
    if (index % 2 === 0) values.push(readOperand(token, parameters));
    else if (!isSign(token, ",")) throw unexpected(token);
  }
  return values;
}

function readOperand(token: FilterToken | undefined, parameters: JsonObject): FilterValue {
  if (token?.kind === "text" || token?.kind === "integer") return token.value;
  if (token?.kind !== "parameter") throw unexpected(token);
  return toFilterValue(parameterOf(token.text, parameters), roundedIn(parameters)?.get(token.text));
}

function parameterOf(name: string, parameters: JsonObject): JsonValue {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined)
    throw new FilterSyntaxError(`the value of expression template variable name {${shorten(name)}} is not found`);
  return value;
}

const parseInt64 = parseIntegerIn("Int64");

function toFilterValue(value: JsonValue, rounded: string | undefined): FilterValue {
  if (typeof value === "string") return value;
  const integer = rounded === undefined && typeof value !== "boolean" ? parseInt64(value) : undefined;
  if (integer === undefined) throw new FilterSyntaxError(`${rounded ?? showBriefly(value)} is not a primary key`);
  return BigInt(integer);
}

function toKey(value: FilterValue, isText: boolean): string {
  if ((typeof value === "string") !== isText)
    throw new FilterSyntaxError(
      `a primary key of type ${isText ? "VarChar" : "Int64"} is not compared with ${showBriefly(value)}`,
    );
  if (typeof value === "bigint" && BigInt.asIntN(64, value) !== value)
    throw new FilterSyntaxError(`${shorten(String(value))} is not in the int64 range`);
  return String(value);
}

function isSign(token: FilterToken | undefined, sign: string): boolean {
  return token?.kind === "sign" && token.text === sign;
}

function unexpected(token: FilterToken | undefined): FilterSyntaxError {
  return new FilterSyntaxError(
    `only filters of the forms key in [..] and key == .. are served, unexpected ${token === undefined ? "end" : shorten(token.text)}`,
  );
}
