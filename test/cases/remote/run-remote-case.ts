import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import { showValue } from "../../../src/json/stringify.js";
import type { CaseResult, CaseRun, Findings } from "../run-case.js";
import { mutationOf } from "../run-case.js";
import { readRemoteExpectation, type RemoteExpectation } from "../case-file.js";
import { tokenOf } from "../case-world.js";
import { fits, matches } from "../checks/compare.js";
import { show } from "../checks/reply-checks.js";
import { readTask, runMutation, type Answer } from "../clients/graphql-client.js";
import type { RemoteWorld, RemoteWorlds } from "./remote-world.js";
import type { SeenRequest } from "./scripted-service.js";

/** Makes the call of the case against a scripted service. */
export async function runRemoteCase(run: CaseRun, worlds: RemoteWorlds): Promise<CaseResult> {
  const { provider, item, file } = run;
  const mutation = mutationOf(run);
  if (mutation === undefined) throw new Error("no mutation becomes the request of the case");
  const expected = readRemoteExpectation(item.expect);
  const token = tokenOf(provider, file, item.request);
  const { batching, ...config } = item.given.config;
  const { service, clock, graphql, settleTasks } = await worlds.lend({ provider, token, config });
  const seen = service.play(item.given.replies ?? []);
  clock.waits.length = 0;
  const accepted = await runMutation(graphql, provider.id, { ...mutation, batching });
  const answer = accepted.taskId === undefined ? accepted : await endOf(accepted.taskId, { graphql, settleTasks });
  const waitedMs = clock.waits.reduce((sum, each) => sum + each, 0);
  return {
    faces: ["remote"],
    findings: [...checkAnswer(answer, expected), ...checkRequests(seen, expected), ...checkWait(waitedMs, expected)],
  };
}

/** A call of a service with tasks has ended when its task has. */
async function endOf(
  taskId: string,
  { graphql, settleTasks }: Pick<RemoteWorld, "graphql" | "settleTasks">,
): Promise<Answer> {
  await settleTasks();
  return readTask(graphql, taskId);
}

function checkAnswer(answer: Answer, expected: RemoteExpectation): Findings {
  const compare = (what: string, actual: JsonValue | undefined, wanted: JsonValue | undefined): string[] =>
    wanted === undefined || fits(actual, wanted) ? [] : [`${what} is ${show(actual)}, expected ${show(wanted)}`];
  const { messagePattern } = expected;
  return [
    ...compare("outcome", outcomeOf(answer, expected), expected.outcome),
    ...compare("kind", answer.kind, expected.kind),
    ...compare("retryable", answer.retryable, expected.retryable),
    ...compare("code", answer.code, expected.code === undefined ? undefined : showValue(expected.code)),
    ...compare("status", answer.status, expected.status),
    ...compare("count", answer.count, expected.count),
    ...compare("ids", answer.ids, expected.ids),
    ...(messagePattern === undefined || matches(answer.message, messagePattern)
      ? []
      : [`message is ${answer.message}`]),
  ];
}

/** A failure with an unknown outcome is `unknown` where the case says so, else a failure as any other one. */
function outcomeOf(answer: Answer, expected: RemoteExpectation): string {
  if (answer.kind !== undefined)
    return expected.outcome === "unknown" && answer.outcome === "UNKNOWN" ? "unknown" : "failure";
  return answer.warnings.length > 0 && answer.ids.length === 0 ? "stored-ids-unknown" : "success";
}

function checkWait(waitedMs: number, { waitAtLeastMs = 0 }: RemoteExpectation): Findings {
  return waitedMs >= waitAtLeastMs ? [] : [`the waits are ${waitedMs} ms, expected ${waitAtLeastMs}`];
}

function checkRequests(seen: readonly SeenRequest[], { requests, sent = [] }: RemoteExpectation): Findings {
  const count = seen.length === requests ? [] : [`${seen.length} requests were sent, expected ${requests}`];
  return [...count, ...sent.flatMap((part, index) => checkRequest(seen, index, part))];
}

function checkRequest(seen: readonly SeenRequest[], index: number, part: JsonObject): Findings {
  return Object.entries(part).flatMap(([member, wanted]) => {
    const at = (position: number): JsonValue | undefined => ({ ...seen[position] })[member as keyof SeenRequest];
    const actual = at(index);
    const isOk = isJsonObject(wanted)
      ? Object.entries(wanted).every(([name, value]) => {
          const same = isJsonObject(value) ? value["$same"] : undefined;
          const told = memberOf(actual, name);
          if (typeof same === "number") return told !== undefined && fits(told, memberOf(at(same), name) ?? null);
          // Headers are compared by pattern.
          if (member === "headers") return typeof told === "string" && matches(told, showValue(value));
          return told !== undefined && fits(told, value);
        })
      : actual !== undefined && fits(actual, wanted);
    return isOk ? [] : [`${member} of request ${index} is ${show(actual)}, expected ${show(wanted)}`];
  });
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && !isJsonArray(value) ? value[name] : undefined;
}
