import { showValue } from "../../src/contract/json.js";
import { isJsonObject, type JsonValue } from "../../src/core/json.js";
import type { CaseAdapter } from "./adapters/adapter.js";
import type { Expectation } from "./case-file.js";
import type { WireReply } from "./http-client.js";
import { containsMembers, fits, matches } from "./compare.js";

/** What of a contract's reply is not as expected. */
export function checkReply(reply: WireReply, adapter: CaseAdapter, expected: Expectation): string[] {
  const { code, message, count, ids } = adapter.readReply(reply.body);
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
    ...Object.entries(expected.headers ?? {}).flatMap(([name, pattern]) => unlike(`header ${name}`, reply.headers[name.toLowerCase()], pattern)),
  ];
}

function wrong(what: string, actual: JsonValue | undefined, expected: JsonValue | undefined): string[] {
  return expected === undefined || fits(actual, expected) ? [] : [`${what} is ${show(actual)}, expected ${show(expected)}`];
}

function unlike(what: string, actual: JsonValue | undefined, pattern: string | undefined): string[] {
  return pattern === undefined || (typeof actual === "string" && matches(actual, pattern)) ? [] : [`${what} is ${show(actual)}, expected ${pattern}`];
}

function wrongMembers(body: JsonValue | undefined, { keys, has }: Expectation): string[] {
  const members = isJsonObject(body) ? body : {};
  return [
    ...(keys === undefined ? [] : wrong("keys", Object.keys(members).sort(), [...keys].sort())),
    ...(has === undefined || containsMembers(members, has) ? [] : [`body is ${show(body)}, expected to have ${show(has)}`]),
  ];
}

/** A value of a finding, cut to a readable length. */
export function show(value: JsonValue | undefined): string {
  const text = showValue(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
