import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { altatech } from "../../src/providers/altatech/index.js";
import { createServerDatabase, serverUrl } from "../persistence/databases.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { createWaitlessClock } from "../service/waitless-clock.js";
import { secret } from "./bounds.js";
import {
  acceptInto,
  allStored,
  createFolder,
  importInput,
  importInto,
  importText,
  openRemoteApp,
  openTaskService,
  recordCount,
  replyTo,
  resultOf,
  taskIn,
  upstreamId,
  type TaskService,
} from "./task-service.js";
import { listenToEverything } from "./told.js";

const slowReplies = { ALTATECH_HEADERS_TIMEOUT_MS: "15000", ALTATECH_CALL_TIMEOUT_MS: "15000" };
const patience = { timeout: 20_000, interval: 20 };

test("an import is answered with a task of this server, which is followed to its end", async () => {
  const service = await openTaskService();
  const app = await openRemoteApp(service, { clock: createWaitlessClock() });
  const refused = { row: 2, row_number_start: 0, row_number_end: 0, fail_reason: "`id` must be unique" };
  const ends = [
    [],
    resultOf("PENDING_PARSE"),
    resultOf("AVAILABLE", { success_count: recordCount - 1, fail_count: 1, fail_detail: [refused] }),
  ];
  service.answerPolls((socket, _request, poll) => replyTo(socket, ends[poll] ?? []));
  const { task, ...result } = await importInto(app);
  expect(result).toEqual({ __typename: "InsertRecordsAccepted" });
  expect(task).toMatchObject({ upstreamTaskId: upstreamId, status: "PENDING", totalCount: recordCount });
  expect(task).not.toMatchObject({ id: upstreamId });
  await app.settleTasks();
  const { id } = Object(task) as { readonly id: string }; // Selected by the operation.
  expect(await taskIn(app, id)).toMatchObject({
    ...{ status: "SUCCEEDED", successCount: recordCount - 1, failCount: 1, error: null },
    failures: { nodes: [{ recordIndex: 1, message: "`id` must be unique" }] },
  });
  expect([service.imports().length, service.polls().length]).toEqual([1, 3]);
  expect(service.polls()[0]?.head).toContain(`authorization: Bearer ${secret}`);
  await app.close();
});

describe("an import whose caller was answered at its deadline", () => {
  /** Answers the function with which the service accepts the import. */
  async function importLate(service: TaskService, app: OpenTestApp): Promise<() => void> {
    const waiting: Socket[] = [];
    service.server.become({
      answer: (socket, { method }) => {
        if (method === "GET") replyTo(socket, allStored);
        else waiting.push(socket);
      },
    });
    const response = await app.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", "recordgate-deadline-ms": "1000" },
      body: JSON.stringify({ query: importText, variables: { input: importInput } }),
    });
    expect(await response.json()).toMatchObject(timedOut);
    await expect.poll(() => waiting.length, patience).toBe(1);
    return () => waiting.forEach((socket) => replyTo(socket, { code: 0, message: "OK", data: [upstreamId] }));
  }

  const timedOut = { data: { result: { __typename: "WriteTimeoutError", outcome: "UNKNOWN" } } };
  const list = "{ importTasks(first: 10) { nodes { id status upstreamTaskId totalCount } } }";

  test("is a task as soon as the service accepts it", async () => {
    const service = await openTaskService();
    const app = await openRemoteApp(service, { environment: slowReplies });
    const accept = await importLate(service, app);
    expect((await app.graphql(list)).data).toEqual({ importTasks: { nodes: [] } });
    accept();
    const task = { status: "SUCCEEDED", upstreamTaskId: upstreamId, totalCount: recordCount };
    await expect
      .poll(async () => (await app.graphql(list)).data, patience)
      .toMatchObject({ importTasks: { nodes: [task] } });
    await app.close();
  });

  test("is a task in the next program where this one stops meanwhile", async () => {
    const [service, folder] = [await openTaskService(), await createFolder()];
    const environment = { ...slowReplies, DATABASE_URL: undefined, DATABASE_FOLDER: folder };
    const first = await openRemoteApp(service, { environment });
    const accept = await importLate(service, first);
    const closed = first.close();
    accept();
    await closed;
    const second = await openRemoteApp(service, { environment });
    await expect
      .poll(async () => (await second.graphql(list)).data, patience)
      .toMatchObject({ importTasks: { nodes: [{ status: "SUCCEEDED", upstreamTaskId: upstreamId }] } });
    await second.close();
  });
});

test("two imports that the service gives one id are two tasks", async () => {
  const service = await openTaskService();
  const app = await openRemoteApp(service, { clock: createWaitlessClock() });
  service.answerPolls((socket) => replyTo(socket, allStored));
  const ids = [await acceptInto(app), await acceptInto(app)];
  await app.settleTasks();
  for (const id of ids) expect(await taskIn(app, id)).toMatchObject({ status: "SUCCEEDED" });
  expect(new Set(ids).size).toBe(2);
  await app.close();
});

test("a failed question does not fail the task: it is logged and asked again", async () => {
  const service = await openTaskService();
  const told = listenToEverything();
  const app = await openRemoteApp(service, {
    ...{ clock: createWaitlessClock(), log: told.log },
    environment: { ALTATECH_MAX_ATTEMPTS: "1" },
  });
  service.answerPolls((socket, _request, poll) => {
    if (poll === 0) socket.resetAndDestroy();
    else if (poll === 1) replyTo(socket, { code: 40127, message: "Developer authentication failed" }, 401);
    else replyTo(socket, allStored);
  });
  const id = await acceptInto(app);
  await app.settleTasks();
  expect(await taskIn(app, id)).toMatchObject({ status: "SUCCEEDED", successCount: recordCount });
  const failed = told.lines.filter((line) => line.includes("a call to a remote service failed"));
  expect(failed.map((line) => (JSON.parse(line) as { readonly operation: string }).operation)).toEqual([
    "import-results",
    "import-results",
  ]);
  await app.close();
});

describe("an id that the service gives its task", () => {
  test.each([
    ["the secret of the request", `Bearer ${secret}`],
    ["a text that cannot be stored", "a\0b"],
    ["a text of 3,000 characters", "x".repeat(3000)],
  ])("is not taken when it is %s: the outcome is unknown", async (_name, id) => {
    const service = await openTaskService([id]);
    const told = listenToEverything();
    const app = await openRemoteApp(service, { log: told.log });
    const result = await importInto(app);
    told.note(result);
    expect(result).toMatchObject({ __typename: "WriteInternalError", outcome: "UNKNOWN", safeToResend: false });
    expect(told.leaks([secret])).toEqual([]);
    expect(service.polls()).toEqual([]);
    await app.close();
  });
});

describe("a restart", () => {
  test("in the middle of the questions goes on with the same task", async () => {
    const [service, folder] = [await openTaskService(), await createFolder()];
    const inFolder = { environment: { DATABASE_URL: undefined, DATABASE_FOLDER: folder } };
    service.answerPolls((socket) => replyTo(socket, resultOf("PENDING_PARSE")));
    const first = await openRemoteApp(service, inFolder);
    const id = await acceptInto(first);
    await expect.poll(() => service.polls().length, patience).toBeGreaterThanOrEqual(2);
    await first.close();
    const asked = service.polls().length;
    await setTimeout(200);
    expect(service.polls()).toHaveLength(asked);
    service.answerPolls((socket) => replyTo(socket, allStored));
    const second = await openRemoteApp(service, inFolder);
    expect(await taskIn(second, id)).toMatchObject({ upstreamTaskId: upstreamId });
    await expect.poll(async () => (await taskIn(second, id))["status"], patience).toBe("SUCCEEDED");
    expect(service.polls()).toHaveLength(asked + 1);
    expect(service.imports()).toHaveLength(1);
    await second.close();
  });

  test("without the address of the service ends the task, with the outcome unknown", async () => {
    const [service, folder] = [await openTaskService(), await createFolder()];
    const environment = { DATABASE_URL: undefined, DATABASE_FOLDER: folder, ALTATECH_TASK_POLLS: "2" };
    service.answerPolls(() => undefined);
    const first = await openRemoteApp(service, { environment });
    const id = await acceptInto(first);
    await expect.poll(() => service.polls().length, patience).toBe(1);
    await first.close();
    const second = await openTestApp({ providers: [altatech], environment });
    await expect.poll(async () => (await taskIn(second, id))["status"], patience).toBe("FAILED");
    expect((await taskIn(second, id))["error"]).toMatchObject({
      ...{ __typename: "WriteTimeoutError", outcome: "UNKNOWN", retryable: "NO", safeToResend: false },
      message: expect.stringContaining(upstreamId) as unknown,
    });
    await second.close();
  });
});

test("a stop does not wait for an answer about a task", async () => {
  const service = await openTaskService();
  const app = await openRemoteApp(service, {
    environment: { ALTATECH_HEADERS_TIMEOUT_MS: "60000", ALTATECH_CALL_TIMEOUT_MS: "60000" },
  });
  service.answerPolls(() => undefined);
  await acceptInto(app);
  await expect.poll(() => service.polls().length, patience).toBe(1);
  const startedAt = performance.now();
  await app.close();
  expect(performance.now() - startedAt).toBeLessThan(3000);
  await expect.poll(() => service.server.openSockets(), patience).toBe(0);
});

describe.skipIf(serverUrl === undefined)("two replicas", () => {
  test("ask for a task one at a time, and tell one end", async () => {
    const [service, { url, drop }] = [await openTaskService(), await createServerDatabase()];
    const environment = { DATABASE_URL: url, IMPORT_POLL_MS: "100" };
    let [asking, most] = [0, 0];
    service.answerPolls((socket, _request, poll) => {
      most = Math.max(most, ++asking);
      void setTimeout(100).then(() => {
        asking -= 1;
        replyTo(socket, poll < 2 ? resultOf("PENDING_PARSE") : allStored);
      });
    });
    const apps = await Promise.all([openRemoteApp(service, { environment }), openRemoteApp(service, { environment })]);
    const id = await acceptInto(apps[0]);
    for (const app of apps) {
      await expect.poll(async () => (await taskIn(app, id))["status"], patience).toBe("SUCCEEDED");
      expect(await taskIn(app, id)).toMatchObject({ successCount: recordCount, failures: { nodes: [] } });
    }
    expect([service.polls().length, most]).toEqual([3, 1]);
    await Promise.all(apps.map((app) => app.close()));
    await drop();
  });
});
