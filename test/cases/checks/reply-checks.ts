import { showValue } from "../../../src/json/stringify.js";
import { valueOf } from "../../../src/contract/message.js";
import { isJsonArray, isJsonObject, type JsonValue } from "../../../src/json/value.js";
import type { Expectation } from "../case-file.js";
import { toContractRequest, type WorldOptions } from "../case-world.js";
import type { WireReply } from "../clients/http-client.js";
import { containsMembers, fits, matches } from "./compare.js";
import { findForm, readReceipt } from "../write-form.js";

/** The members of a reply that a case checks. */
interface ReadReply {
  readonly reply: WireReply;
  readonly code?: JsonValue | undefined;
  readonly message?: JsonValue | undefined;
  readonly count?: number | undefined;
  readonly ids?: readonly JsonValue[] | undefined;
}

export async function readReply({ provider, forms, file, item }: WorldOptions, reply: WireReply): Promise<ReadReply> {
  const request = toContractRequest(file, item.request);
  const form = findForm(forms, request);
  const { code, message } = provider.contracts[0]?.dialect.readError(reply.body) ?? {};
  const body = valueOf(request.body);
  const sent = form && isJsonObject(body) ? body[form.recordsMember] : undefined;
  const { count, ids } = form === undefined ? {} : await readReceipt(form, isJsonArray(sent) ? sent.length : 1, reply);
  return { reply, code: asSent(reply.body, code), message, count, ids: ids && (listAsSent(reply.body, ids) ?? ids) };
}

/** The first value of the body with this text, so that a number is compared as the number that was sent. */
function asSent(body: JsonValue | undefined, text: string | undefined): JsonValue | undefined {
  return valuesIn(body).find((value) => showValue(value) === text);
}

function listAsSent(body: JsonValue | undefined, texts: readonly string[]): readonly JsonValue[] | undefined {
  const lists = listsIn(body).map((list) => texts.flatMap((text, index) => asSent(list[index], text) ?? []));
  return lists.find((list) => list.length === texts.length);
}

function valuesIn(value: JsonValue | undefined): readonly JsonValue[] {
  if (isJsonArray(value) || isJsonObject(value)) return Object.values<JsonValue>(value).flatMap(valuesIn);
  return value === undefined ? [] : [value];
}

function listsIn(value: JsonValue | undefined): readonly (readonly JsonValue[])[] {
  if (isJsonArray(value)) return [value, ...value.flatMap(listsIn)];
  return isJsonObject(value) ? Object.values(value).flatMap(listsIn) : [];
}

/** Deviations of a contract's reply from the expectation. */
export function checkReply({ reply, code, message, count, ids }: ReadReply, expected: Expectation): string[] {
  return [
    ...wrong("status", reply.status, expected.status),
    ...wrong("body", reply.body, expected.body),
    ...wrong("text", reply.text, expected.text),
    ...unlike("text", reply.text, expected.textPattern),
    ...wrong("code", code, expected.code),
    ...wrong("message", message, expected.message),
    ...unlike("message", message, expected.messagePattern),
    ...wrong("count", count, expected.count),
    ...wrong("ids", ids, expected.ids),
    ...(ids ?? []).flatMap((id) => unlike("id", showValue(id), expected.idsPattern)),
    ...wrongMembers(reply.body, expected),
    ...Object.entries(expected.headers ?? {}).flatMap(([name, pattern]) =>
      unlike(`header ${name}`, reply.headers[name.toLowerCase()], pattern),
    ),
  ];
}

function wrong(what: string, actual: JsonValue | undefined, expected: JsonValue | undefined): string[] {
  return expected === undefined || fits(actual, expected)
    ? []
    : [`${what} is ${show(actual)}, expected ${show(expected)}`];
}

function unlike(what: string, actual: JsonValue | undefined, pattern: string | undefined): string[] {
  return pattern === undefined || (typeof actual === "string" && matches(actual, pattern))
    ? []
    : [`${what} is ${show(actual)}, expected ${pattern}`];
}

function wrongMembers(body: JsonValue | undefined, { keys, has }: Expectation): string[] {
  const members = isJsonObject(body) ? body : {};
  return [
    ...(keys === undefined ? [] : wrong("keys", Object.keys(members).sort(), [...keys].sort())),
    ...(has === undefined || containsMembers(members, has)
      ? []
      : [`body is ${show(body)}, expected to have ${show(has)}`]),
  ];
}

/** A value for a finding, cut to a readable length. */
export function show(value: JsonValue | undefined): string {
  const text = showValue(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
