import { describe, expect, test } from "vitest";
import { createMirrorTask, startMirrorWorker } from "../../src/application/mirrored-tasks.js";
import { createPolicy } from "../../src/application/access/policy.js";
import { createWriteRecords } from "../../src/application/write-records.js";
import type { AskTask } from "../../src/contract/tasks/remote-tasks.js";
import { systemCaller } from "../../src/core/access/caller.js";
import { ProviderFailure } from "../../src/core/failure.js";
import { RequestScope } from "../../src/core/request-scope.js";
import { StoreUnavailableError } from "../../src/core/store.js";
import type { MirroredTask, MirrorQueue, MirrorResult, MirrorWork, NewMirror, TaskStore } from "../../src/core/task.js";
import type { WriteReceipt } from "../../src/core/write.js";
import { createDirectory, createPort, taskOf } from "./application-world.js";

const { signal } = new AbortController();
const pauseAfter = (poll: number): number => poll * 10;
const mirrors = { upstream: "default", id: "up-1" };
const pending: MirroredTask = { id: "t1", provider: "shelf", totalCount: 2, mirrors, ...pendingState() };

function pendingState() {
  const { createdAt } = taskOf("shelf");
  return { state: "pending", createdAt } as const;
}

const failure = new ProviderFailure({
  ...{ provider: "shelf", kind: "unavailable", retry: "only-if-idempotent", message: "gone" },
  ...{ idempotent: true, outcome: "unknown" },
});

function createLog() {
  const logged: { readonly details: object; readonly message: string }[] = [];
  const note = (details: object, message: string): void => void logged.push({ details, message });
  return { logged, log: { info: note, warn: note, error: note } };
}

interface WorldOptions {
  readonly ask?: AskTask;
  readonly task?: MirroredTask | undefined;
}

async function createWorld(options: WorldOptions) {
  const { ask } = options;
  const task = "task" in options ? options.task : pending;
  const finished: MirrorResult[] = [];
  const started: MirrorWork[] = [];
  const { log, logged } = createLog();
  await startMirrorWorker({
    directory: createDirectory({ remoteTasks: { polls: 3, pauseAfter, ask } }),
    tasks: createPort<TaskStore>({
      pendingMirror: async () => task,
      finishMirror: async (result) => finished.push(result) > 0,
    }),
    queue: createPort<MirrorQueue>({ start: async (work) => void started.push(work) }),
    log,
  });
  const [work] = started;
  if (work === undefined) throw new Error("the worker did not start the queue");
  return { finished, logged, providers: work.providers, poll: (attempt: number) => work.ask("t1", attemptOf(attempt)) };
}

function attemptOf(attempt: number, stopping = signal) {
  return { attempt, stopping };
}

const stored = { state: "succeeded", successCount: 2, failCount: 0, failures: [] } as const;
const unknown = { state: "failed", failures: [], error: { kind: "timeout", outcome: "unknown" } } as const;

describe("the worker of mirrored tasks", () => {
  test("asks with the service's own id, and finishes the task as the service says", async () => {
    const asked: unknown[] = [];
    const { poll, finished, providers } = await createWorld({ ask: async (task) => (asked.push(task), stored) });
    expect(providers).toEqual(["shelf"]);
    expect(await poll(1)).toBeUndefined();
    expect(asked).toEqual([{ id: "up-1", totalCount: 2 }]);
    expect(finished).toEqual([{ taskId: "t1", ...stored }]);
  });

  test("answers the pause while the task has not ended, and while it cannot be asked for", async () => {
    const pendingWorld = await createWorld({ ask: async () => undefined });
    expect([await pendingWorld.poll(1), await pendingWorld.poll(2)]).toEqual([10, 20]);
    const failing = await createWorld({ ask: () => Promise.reject(failure) });
    expect([await failing.poll(1), await failing.poll(2)]).toEqual([10, 20]);
    expect([...pendingWorld.finished, ...failing.finished]).toEqual([]);
  });

  test.each<[string, AskTask]>([
    ["has not ended", async () => undefined],
    ["could not be asked for", () => Promise.reject(failure)],
  ])("leaves the outcome open when the task %s the last time, and tells the service's id", async (_name, ask) => {
    const { poll, finished, logged } = await createWorld({ ask });
    expect(await poll(3)).toBeUndefined();
    expect(finished).toMatchObject([{ taskId: "t1", ...unknown }]);
    expect(finished[0]?.error?.message).toContain("up-1");
    expect(finished[0]).not.toHaveProperty("failCount");
    expect(logged).toMatchObject([{ details: { provider: "shelf", taskId: "t1", upstreamTaskId: "up-1" } }]);
  });

  test("does not ask any more when processes died in the attempts", async () => {
    const { poll, finished } = await createWorld({ ask: () => Promise.reject(new Error("asked")) });
    expect(await poll(4)).toBeUndefined();
    expect(finished).toMatchObject([unknown]);
  });

  test("ends the tasks of a provider that is embedded again, when their time has passed", async () => {
    const { poll, finished } = await createWorld({});
    expect([await poll(1), await poll(2)]).toEqual([10, 20]);
    expect(await poll(3)).toBeUndefined();
    expect(finished).toMatchObject([unknown]);
    expect(finished[0]?.error?.message).toContain("not a remote service here any more");
  });

  test("does not ask the default upstream for a task of another one", async () => {
    const { poll, finished } = await createWorld({
      ask: () => Promise.reject(new Error("asked")),
      task: { ...pending, mirrors: { ...mirrors, upstream: "other" } },
    });
    expect(await poll(1)).toBe(10);
    expect(await poll(3)).toBeUndefined();
    expect(finished).toMatchObject([unknown]);
  });

  test("does not end a task whose last question was interrupted by a stop", async () => {
    const stopped = AbortSignal.abort();
    const started: MirrorWork[] = [];
    await startMirrorWorker({
      directory: createDirectory({ remoteTasks: { polls: 3, pauseAfter, ask: () => Promise.reject(failure) } }),
      tasks: createPort<TaskStore>({ pendingMirror: async () => pending }),
      queue: createPort<MirrorQueue>({ start: async (work) => void started.push(work) }),
      log: createLog().log,
    });
    expect(await started[0]?.ask("t1", attemptOf(3, stopped))).toBe(30);
  });

  test.each([
    ["keeps looking for tasks where a provider is remote", async () => undefined, false],
    ["only ends the tasks that are left where none is", undefined, true],
  ])("%s", async (_what, ask, onlyLeft) => {
    const started: MirrorWork[] = [];
    await startMirrorWorker({
      directory: createDirectory({ remoteTasks: { polls: 3, pauseAfter, ask } }),
      tasks: createPort({}),
      queue: createPort<MirrorQueue>({ start: async (work) => void started.push(work) }),
      log: createLog().log,
    });
    expect(started).toMatchObject([{ onlyLeft }]);
  });

  test("rethrows a defect, and ignores a task that has ended", async () => {
    const defect = await createWorld({ ask: () => Promise.reject(new Error("a defect")) });
    await expect(defect.poll(1)).rejects.toThrow("a defect");
    const ended = await createWorld({ task: undefined });
    expect(await ended.poll(1)).toBeUndefined();
    expect(ended.finished).toEqual([]);
  });
});

describe("a write that a real service has accepted", () => {
  const accepted: WriteReceipt = { status: "accepted", taskId: "up-1" };
  const request = {
    provider: "shelf",
    operation: "insertRecords",
    target: { shelf: "books" },
    records: [{ title: "Dune" }, { title: "Emma" }],
  } as const;

  function createWrite(mirror: TaskStore["mirror"], ask: AskTask | undefined = async () => undefined) {
    const directory = createDirectory({
      mode: "remote",
      dataSource: { insertRecords: async () => accepted },
      remoteTasks: { polls: 3, pauseAfter, ask },
    });
    const { log, logged } = createLog();
    const mirrorTask = createMirrorTask({ tasks: { mirror }, ids: { uuid: () => "t1" }, log });
    const write = createWriteRecords({ directory, policy: createPolicy(directory), mirrorTask, log });
    const scope = new RequestScope();
    return { logged, scope, write: () => write(systemCaller, { ...request, origin: { scope } }, signal) };
  }

  test("is answered with its mirror, which is stored before", async () => {
    const kept: NewMirror[] = [];
    const { write } = createWrite(async (task) => {
      kept.push(task);
      return { ...task, ...pendingState() };
    });
    expect(await write()).toEqual({ ...accepted, mirror: { ...pending, mirrors: { ...mirrors, space: undefined } } });
    expect(kept).toMatchObject([{ id: "t1", provider: "shelf", totalCount: 2, mirrors }]);
  });

  test("is stored by the store of the program, although its caller has left", async () => {
    const kept: NewMirror[] = [];
    const { write, scope } = createWrite(async (task) => {
      kept.push(task);
      return { ...task, ...pendingState() };
    });
    scope.leave();
    expect(await write()).toMatchObject({ mirror: { id: "t1" } });
    expect(kept).toHaveLength(1);
  });

  test.each([
    ["unavailable", new StoreUnavailableError("the database is gone", "not-applied")],
    ["internal", new Error("a defect")],
  ])("and that cannot be stored is %s, its outcome unknown, and its id told and logged", async (kind, problem) => {
    const { write, logged } = createWrite(() => Promise.reject(problem));
    const error: unknown = await write().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProviderFailure);
    expect(error).toMatchObject({ details: { kind, outcome: "unknown", retry: "no" }, safeToResend: false });
    expect(String(error)).toContain("up-1");
    expect(logged).toMatchObject([{ details: { provider: "shelf", upstreamTaskId: "up-1" } }]);
  });
});
