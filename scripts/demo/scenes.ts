import { setTimeout as wait } from "node:timers/promises";
import type { JsonObject } from "../../src/json/value.js";
import type { WriteOperation } from "../../src/core/write.js";
import {
  createCollection,
  createdAnswer,
  taskAnswer,
  taskQuery,
  writeAnswer,
  writes,
  type DemoProvider,
  type DemoSample,
  type Place,
  type Task,
  type WriteResult,
} from "./answers.js";
import type { Ask } from "./server.js";

/** One attempt and its outcome. */
export interface Row {
  readonly provider: string;
  readonly operation: WriteOperation;
  readonly sent: string;
  /** The receipt, or the type of the error. */
  readonly answer: string;
  /** The code of the service. */
  readonly code: string;
  readonly place: string;
  readonly resend: boolean;
  /** Whether the outcome is the documented one. */
  readonly asDocumented: boolean;
}

export interface Stage {
  readonly ask: Ask;
  /** Called at each look at the state of an import. */
  readonly onProgress: (provider: string, percent: number) => void;
}

/** Plays every embedded provider: sample data is never sent to a real service. */
export async function playAll(providers: readonly DemoProvider[], stage: Stage): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const provider of providers.filter(({ mode }) => mode === "EMBEDDED")) {
    const [sample] = provider.samples;
    if (sample !== undefined) rows.push(...(await playProvider(provider, sample, stage)));
  }
  return rows;
}

interface Scene {
  readonly sent: string;
  readonly operation: WriteOperation;
  readonly target: JsonObject;
  readonly records: readonly JsonObject[];
  readonly isDocumented: (outcome: Outcome) => boolean;
}

/** The result, and the finished task if the write is an import. */
interface Outcome {
  readonly result: WriteResult;
  readonly task?: Task;
}

async function playProvider(provider: DemoProvider, sample: DemoSample, stage: Stage): Promise<readonly Row[]> {
  const { id, operations } = provider;
  const { target, records, faultyRecord, faultyField: field, absentTarget } = sample;
  const isNew = await prepareCollection(stage.ask, id, sample);
  const play = (scene: Scene) => playScene(provider, scene, stage);
  const rows: Row[] = [];
  let isImport = false;
  for (const { name: operation } of operations) {
    const isDocumented = (outcome: Outcome): boolean => isStored(outcome, { count: records.length, isNew });
    const { row, outcome } = await play({
      operation,
      target,
      records,
      sent: `${records.length} records`,
      isDocumented,
    });
    rows.push(row);
    isImport ||= outcome.task !== undefined;
  }
  const [{ name: operation } = { name: "insertRecords" as const }] = operations;
  // An import stores the good records of a batch, and those are stored already.
  const batch = isImport ? [faultyRecord] : [...records, faultyRecord];
  const recordIndex = batch.length - 1;
  const isFaultNamed = (outcome: Outcome): boolean =>
    placesOf(outcome).some((place) => place.recordIndex === recordIndex && place.field === field);
  const faulty = await play({
    operation,
    target,
    records: batch,
    sent: batch.length === 1 ? "1 faulty record" : `${batch.length} records, the last faulty`,
    isDocumented: isFaultNamed,
  });
  const isNotFound = ({ result }: Outcome): boolean => result.__typename === "WriteNotFoundError";
  const absent = await play({
    operation,
    target: absentTarget,
    records,
    sent: "to an absent target",
    isDocumented: isNotFound,
  });
  return [...rows, faulty.row, absent.row];
}

/** Answers whether the collection is new. */
export async function prepareCollection(ask: Ask, id: string, { definition }: DemoSample): Promise<boolean> {
  const { result } = createdAnswer.parse(await ask(createCollection, { input: { definition: { [id]: definition } } }));
  if (result.__typename === "CreateCollectionSuccess") return true;
  if (result.__typename === "WriteConflictError") return false;
  throw new Error(`${id}: the sample collection could not be created: ${result.message ?? result.__typename}`);
}

async function playScene(
  provider: DemoProvider,
  scene: Scene,
  stage: Stage,
): Promise<{ readonly row: Row; readonly outcome: Outcome }> {
  const { operation, sent, target, records } = scene;
  const input = { target: { [provider.id]: target }, records };
  const { result } = writeAnswer.parse(await stage.ask(writes[operation], { input }));
  const task = result.task === undefined ? undefined : await followImport(result.task.id, provider.id, stage);
  const outcome: Outcome = { result, task };
  const idempotent = provider.operations.some((each) => each.name === operation && each.idempotent);
  const row = {
    provider: provider.id,
    operation,
    sent,
    answer: describeAnswer(outcome),
    code: describeCode(result),
    place: describePlace(placesOf(outcome)[0]),
    resend: result.safeToResend ?? idempotent,
    asDocumented: scene.isDocumented(outcome),
  };
  return { row, outcome };
}

/** @throws Error when the task is still pending after a minute */
async function followImport(id: string, provider: string, { ask, onProgress }: Stage): Promise<Task> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { importTask } = taskAnswer.parse(await ask(taskQuery, { id }));
    onProgress(provider, importTask.progress);
    if (importTask.status !== "PENDING") return importTask;
    if (Date.now() > deadline) throw new Error(`${provider}: the import ${id} is still pending after a minute`);
    await wait(100);
  }
}

/** An import refuses values that an earlier demo stored in the same collection. */
function isStored(
  { result, task }: Outcome,
  { count, isNew }: { readonly count: number; readonly isNew: boolean },
): boolean {
  if (task === undefined) return result.count === count;
  return isNew ? task.successCount === count : task.status !== "PENDING";
}

function placesOf({ result, task }: Outcome): readonly Place[] {
  return result.violations ?? task?.failures.nodes ?? [];
}

function describeAnswer({ result, task }: Outcome): string {
  if (task?.error) return task.error.__typename;
  if (task !== undefined) return `${task.successCount ?? 0} imported, ${task.failCount ?? 0} refused`;
  return result.count === undefined ? result.__typename : `${result.count} stored`;
}

function describeCode({ upstream }: WriteResult): string {
  if (upstream === undefined || upstream === null) return "";
  return upstream.code ?? `HTTP ${upstream.httpStatus ?? "?"}`;
}

function describePlace(place: Place | undefined): string {
  if (place === undefined) return "";
  return [place.recordIndex === null ? [] : `record ${place.recordIndex}`, place.field ?? []].flat().join(", ");
}
