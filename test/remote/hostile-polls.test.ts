import { expect, test } from "vitest";
import { altatech } from "../../src/providers/altatech/index.js";
import { createWaitlessClock } from "../service/waitless-clock.js";
import { behaviours } from "./behaviours.js";
import { secret } from "./bounds.js";
import { learnWords, recordsFor, type ServiceWords } from "./service-words.js";
import {
  acceptInto,
  allStored,
  openRemoteApp,
  openTaskService,
  recordCount,
  replyTo,
  resultOf,
  taskIn,
  upstreamId,
} from "./task-service.js";
import { listenToEverything, type Told } from "./told.js";

const [spoken] = await learnWords([altatech], ["insertRecords"]);
/** What the service says to a question, in the place of what it says to an import. */
const words = { ...spoken, status: 200, success: allStored } as ServiceWords;

/** Ends of a task that leave open what became of the records. */
const open = { status: "FAILED", successCount: null, failCount: null, failures: { nodes: [] } };
const timeout = { __typename: "WriteTimeoutError", outcome: "UNKNOWN", retryable: "NO", safeToResend: false };

async function openApp(told: Told) {
  const service = await openTaskService();
  const app = await openRemoteApp(service, {
    ...{ clock: createWaitlessClock(), log: told.log },
    environment: { ALTATECH_TASK_POLLS: "2", ALTATECH_MAX_ATTEMPTS: "1" },
  });
  return { service, app };
}

test.each(behaviours.filter(({ hostility }) => hostility(words).onConnection === undefined))(
  "a question that meets this is no verdict about the task, or the true one: $name",
  async ({ hostility, told: outcomes }) => {
    const told = listenToEverything();
    const { service, app } = await openApp(told);
    const { answer } = hostility(words);
    service.answerPolls((...asked) => answer?.(...asked));
    const id = await acceptInto(app);
    await app.settleTasks();
    const task = await taskIn(app, id);
    told.note(task);
    if (task["status"] === "SUCCEEDED") {
      expect(outcomes).toContain("success");
      expect([recordCount, null]).toContain(task["successCount"]);
    } else {
      expect(task).toMatchObject({ ...open, error: timeout });
      expect(JSON.stringify(task["error"])).toContain(upstreamId);
      expect(service.polls()).toHaveLength(2);
    }
    expect(service.imports()).toHaveLength(1);
    const texts = recordsFor(altatech).flatMap((record) => Object.values(record).map(String));
    expect(told.leaks([secret, "127.0.0.1", ...texts.filter((text) => text.length > 5)])).toEqual([]);
    await app.close();
    await expect.poll(() => service.server.openSockets()).toBe(0);
  },
  20_000,
);

test("reasons that hold the secret, the address, or what cannot be stored are told without", async () => {
  const told = listenToEverything();
  const { service, app } = await openApp(told);
  const details = [`Bearer ${secret}`, `http://127.0.0.1:${service.server.port}/`, "a\0b\ud800", "x".repeat(3000)];
  service.answerPolls((socket) =>
    replyTo(
      socket,
      resultOf("FAIL", {
        ...{ success_count: 0, fail_count: recordCount },
        fail_detail: [
          { row: null, fail_reason: `(1062, ${secret}\0)` },
          ...details.map((text) => ({ fail_reason: text })),
        ],
      }),
    ),
  );
  const id = await acceptInto(app);
  await app.settleTasks();
  const task = await taskIn(app, id);
  told.note(task);
  expect(task).toMatchObject({
    ...{ status: "FAILED", successCount: 0, failCount: recordCount },
    error: { __typename: "WriteConflictError", message: String.raw`(1062, [hidden]\u0000)`, outcome: "NOT_APPLIED" },
    failures: {
      nodes: [
        { message: String.raw`(1062, [hidden]\u0000)` },
        { message: "Bearer [hidden]" },
        { message: expect.stringContaining("[hidden]") as unknown },
        { message: String.raw`a\u0000b` + "\ufffd" },
        { message: `${"x".repeat(2000)}…` },
      ],
    },
  });
  expect(told.leaks([secret, "127.0.0.1"])).toEqual([]);
  await app.close();
});

test("counts that contradict are told with the task", async () => {
  const { service, app } = await openApp(listenToEverything());
  service.answerPolls((socket) =>
    replyTo(socket, resultOf("AVAILABLE", { success_count: 2 ** 31, fail_count: -1, fail_detail: [] })),
  );
  const id = await acceptInto(app);
  await app.settleTasks();
  expect(await taskIn(app, id)).toMatchObject({
    ...{ status: "SUCCEEDED", totalCount: recordCount, successCount: null, failCount: null, error: null },
    failures: {
      nodes: [{ recordIndex: null, message: expect.stringContaining("2147483648 stored and -1 refused") as unknown }],
    },
  });
  await app.close();
});
