import { showValue } from "../../src/json/stringify.js";
import type { Provider } from "../../src/contract/provider.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";
import { readExpectation, type CaseRequest, type Expectation } from "./case-file.js";
import { valueOf } from "../../src/contract/message.js";
import { toContractRequest, type CaseWorld, type CaseWorlds, type WorldOptions } from "./case-world.js";
import { containsMembers, fits, matches } from "./checks/compare.js";
import { runMutation, storedRecords, type Answer } from "./clients/graphql-client.js";
import { checkReply, readReply, show } from "./checks/reply-checks.js";
import { findForm, toMutation, type Mutation } from "./write-form.js";

/** One case for one provider and one operation. */
export interface CaseRun extends WorldOptions {
  readonly label: string;
}

/** Deviations from the case; an empty list is a pass. */
export type Findings = readonly string[];

export interface CaseResult {
  /** The faces that the case was run through. */
  readonly faces: readonly string[];
  readonly findings: Findings;
}

/** Runs the case through every face that can express it, each time from the same state. */
export async function runCase(run: CaseRun, worlds: CaseWorlds): Promise<CaseResult> {
  const expected = readExpectation(run.item.expect);
  const faces: { readonly name: string; readonly play: (world: CaseWorld) => Promise<Findings> }[] = [
    { name: "rest", play: (world) => playRest(run, expected, world) },
  ];
  const mutation = mutationOf(run);
  if (mutation !== undefined)
    faces.push({ name: "graphql", play: (world) => playGraphql(run, expected, { world, mutation }) });
  const findings: string[] = [];
  for (const { name, play } of faces) {
    const found = await worlds.lend(run, async (world) => [
      ...(await play(world)),
      ...(await checkStored(run.provider, world, expected)),
    ]);
    findings.push(...found.map((finding) => `${name}: ${finding}`));
  }
  return { faces: faces.map(({ name }) => name), findings };
}

/** Undefined when no well-formed mutation expresses the case. */
export function mutationOf({ item, forms, file, provider }: CaseRun): Mutation | undefined {
  const request = toContractRequest(file, item.request);
  const body = valueOf(request.body);
  if (item.request.padTo !== undefined || body === undefined) return undefined;
  // With authorization off, every GraphQL request has a caller: no mutation expresses a missing credential.
  const isAnonymous = provider.contracts.every(
    ({ dialect }) => dialect.credentials.read(request.headers) === undefined,
  );
  if (item.given.auth === "off" && isAnonymous) return undefined;
  const form = findForm(forms, request);
  return form && toMutation(form, request);
}

async function playRest(run: CaseRun, expected: Expectation, world: CaseWorld): Promise<Findings> {
  const { item } = run;
  const replies = await repeat(item.request, () => world.send(item.request));
  const read = await Promise.all(replies.map((each) => readReply(run, each)));
  const checked = read.flatMap((each) => checkReply(each, expectationOf(each.reply.status < 300, expected)));
  const findings = [
    ...checked,
    ...wrongStatuses(
      replies.map(({ status }) => status),
      expected,
    ),
  ];
  const [taskId] = read.at(-1)?.ids ?? [];
  return expected.task === undefined
    ? findings
    : [...findings, ...(await checkTask(run.provider, world, { taskId: showValue(taskId), expected: expected.task }))];
}

/** Sends the requests concurrently if the case says so. */
function repeat<T>({ concurrent = 1 }: CaseRequest, send: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: concurrent }, send));
}

function wrongStatuses(actual: readonly number[], { statuses }: Expectation): Findings {
  const inOrder = (numbers: readonly number[]): string => [...numbers].sort((left, right) => left - right).join(", ");
  return statuses === undefined || inOrder(actual) === inOrder(statuses)
    ? []
    : [`statuses are ${inOrder(actual)}, expected ${inOrder(statuses)}`];
}

/**
 * Of several concurrent requests some succeed and some fail: the expectations about a reply concern one of these
 * groups.
 */
function expectationOf(succeeded: boolean, expected: Expectation): Expectation {
  if (expected.statuses === undefined) return expected;
  const { code, message, messagePattern, kind, count, ids, idsPattern, ...both } = expected;
  const status = expected.statuses.find((each) => each < 300 === succeeded);
  return succeeded
    ? { ...both, status, count, ids, idsPattern }
    : { ...both, status, code, message, messagePattern, kind };
}

async function playGraphql(
  { provider, item }: CaseRun,
  expected: Expectation,
  { world, mutation }: { world: CaseWorld; mutation: Mutation },
): Promise<Findings> {
  const answers = await repeat(item.request, () => runMutation(world.graphql, provider.id, mutation));
  const statuses = wrongStatuses(
    answers.map(({ status = 200 }) => status),
    expected,
  );
  const findings = [
    ...statuses,
    ...answers.flatMap((answer) => checkAnswer(answer, expectationOf(answer.kind === undefined, expected))),
  ];
  return expected.task === undefined
    ? findings
    : [
        ...findings,
        ...(await checkTask(provider, world, { taskId: String(answers[0]?.ids[0]), expected: expected.task })),
      ];
}

function checkAnswer(answer: Answer, expected: Expectation): Findings {
  const findings: string[] = [];
  const compare = (what: string, actual: JsonValue | undefined, wanted: JsonValue | undefined): void => {
    if (wanted !== undefined && !fits(actual, wanted))
      findings.push(`${what} is ${show(actual)}, expected ${show(wanted)}`);
  };
  compare("kind", answer.kind, expected.kind);
  if (answer.isRefusedAtDoor) return findings;
  if (answer.kind === undefined) {
    compare("count", answer.count, expected.count);
    compare("ids", answer.ids, expected.ids?.map(toText));
    if (expected.idsPattern !== undefined && !answer.ids.every((id) => matches(id, String(expected.idsPattern))))
      findings.push(`ids are ${show(answer.ids)}`);
    if (expected.kind === undefined && expectsFailure(expected)) findings.push("it succeeded");
  } else {
    if (expected.kind === undefined && !expectsFailure(expected)) findings.push(`it failed: ${answer.message}`);
    compare("code", answer.code, expected.code === undefined ? undefined : String(expected.code));
    compare("status", answer.status, expected.status);
    compare("message", answer.message, expected.message);
    if (expected.messagePattern !== undefined && !matches(answer.message, expected.messagePattern))
      findings.push(`message is ${answer.message}`);
  }
  return findings;
}

function expectsFailure({ status = 200, code = 200 }: Expectation): boolean {
  return status >= 300 || (code !== 200 && code !== 0);
}

/** GraphQL answers ids as text. */
function toText(id: JsonValue): string {
  return showValue(isJsonObject(id) ? id["$int"] : id);
}

/** Checks the task with the provider's only GET contract, which answers the tasks of `ids`. */
async function checkTask(
  provider: Provider,
  world: CaseWorld,
  { taskId, expected }: { readonly taskId: string; readonly expected: JsonObject },
): Promise<Findings> {
  await world.app.settleTasks();
  const contract = provider.contracts.find(({ method }) => method === "GET");
  if (provider.imports === undefined || contract === undefined)
    return [`${provider.id} has no contract that answers tasks`];
  const reply = await world.send({ method: contract.method, path: contract.path, query: { ids: taskId } });
  const task = isJsonArray(reply.body) ? reply.body[0] : undefined;
  if (!isJsonObject(task)) return [`task ${taskId} is answered with ${show(reply.body)}`];
  const { fail_detail: details, ...members } = expected;
  const findings = containsMembers(task, members) ? [] : [`task is ${show(task)}, expected ${show(expected)}`];
  return isJsonArray(details) && !sameDetails(task["fail_detail"], details)
    ? [...findings, `fail_detail is ${show(task["fail_detail"])}`]
    : findings;
}

function sameDetails(actual: JsonValue | undefined, expected: readonly JsonValue[]): boolean {
  return (
    isJsonArray(actual) &&
    actual.length === expected.length &&
    expected.every((detail, index) => isDetail(actual[index], detail))
  );
}

function isDetail(actual: JsonValue | undefined, expected: JsonValue): boolean {
  if (!isJsonObject(actual) || !isJsonObject(expected)) return false;
  const { fail_reason: reason, ...members } = expected;
  return (
    containsMembers(actual, members) &&
    (reason === undefined || matches(showValue(actual["fail_reason"]), showValue(reason)))
  );
}

async function checkStored({ id }: Provider, world: CaseWorld, expected: Expectation): Promise<Findings> {
  if (expected.storedCount === undefined && expected.stored === undefined) return [];
  await world.app.settleTasks();
  const records = (
    await Promise.all((await world.collectionIds()).map((collection) => storedRecords(world.app, id, collection)))
  ).flat();
  const findings: string[] = [];
  if (expected.storedCount !== undefined && records.length !== expected.storedCount) {
    findings.push(`${records.length} records are stored, expected ${expected.storedCount}`);
  }
  for (const wanted of expected.stored ?? []) {
    if (!records.some((record) => containsMembers(record, wanted)))
      findings.push(`no record like ${show(wanted)} in ${show(records.slice(0, 3))}`);
  }
  return findings;
}
