import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Socket } from "node:net";
import { onTestFinished } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";
import { altatech } from "../../src/providers/altatech/index.js";
import { sampleOf } from "../conformance/sample-of.js";
import type { TestApp, TestAppOptions } from "../../src/test-app.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { remoteEnvironment } from "./bounds.js";
import { openHostileServer, type HostileServer } from "./hostile-server.js";
import { rawReply } from "./raw-reply.js";
import type { RawRequest } from "./raw-requests.js";

export const upstreamId = "673e9cda9f7bc178002dbd9c";

/** Two rows for the table that they name. */
const { target, records } = sampleOf(altatech);
export const recordCount = records.length;

type AnswerPoll = (socket: Socket, request: RawRequest, poll: number) => void;

/** A real service of tasks: it accepts every import; the test decides on the answers to the questions for the task. */
export interface TaskService {
  readonly server: HostileServer;
  readonly answerPolls: (answer: AnswerPoll) => void;
  readonly polls: () => readonly RawRequest[];
  readonly imports: () => readonly RawRequest[];
}

export async function openTaskService(accepted: JsonValue = [upstreamId]): Promise<TaskService> {
  const server = await openHostileServer();
  onTestFinished(() => server.close());
  const polls = (): readonly RawRequest[] => server.seen.filter(({ method }) => method === "GET");
  let answerPoll: AnswerPoll = () => undefined;
  server.become({
    answer: (socket, request) => {
      if (request.method === "GET") answerPoll(socket, request, polls().length - 1);
      else replyTo(socket, { code: 0, message: "OK", data: accepted });
    },
  });
  return {
    server,
    answerPolls: (answer) => {
      answerPoll = answer;
    },
    polls,
    imports: () => server.seen.filter(({ method }) => method === "POST"),
  };
}

export function replyTo(socket: Socket, body: JsonValue, status = 200): void {
  socket.write(rawReply(status, JSON.stringify(body)));
}

/** The state of the task, as the service tells it. */
export function resultOf(status: string, members: JsonObject = {}): readonly JsonObject[] {
  return [{ id: upstreamId, progress: 1, status, ...members }];
}

export const allStored = resultOf("AVAILABLE", { success_count: recordCount, fail_count: 0, fail_detail: [] });

/** A folder for a database that outlives a program. */
export async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "recordgate-tasks-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function openRemoteApp(
  { server }: TaskService,
  { environment, ...options }: TestAppOptions = {},
): Promise<OpenTestApp> {
  const remote = remoteEnvironment([altatech], `http://127.0.0.1:${server.port}`);
  return openTestApp({ ...options, environment: { ...remote, ...environment } });
}

export const importText = `mutation ($input: InsertRecordsInput!) { result: insertRecords(input: $input) { __typename
  ... on InsertRecordsAccepted { task { id upstreamTaskId status totalCount } }
  ... on WriteError { message outcome safeToResend } } }`;

export const importInput: JsonObject = { target: { altatech: target }, records };

export async function importInto(app: TestApp): Promise<JsonObject> {
  const { data, errors } = await app.graphql(importText, { input: importInput });
  const result = data?.["result"];
  if (!isJsonObject(result)) throw new Error(JSON.stringify(errors));
  return result;
}

/** Imports, and answers this program's id of the task. */
export async function acceptInto(app: TestApp): Promise<string> {
  const { task } = await importInto(app);
  if (!isJsonObject(task) || typeof task["id"] !== "string") throw new Error("nothing was accepted");
  return task["id"];
}

const taskText = `query ($id: ID!) { importTask(id: $id) { status totalCount successCount failCount finishedAt upstreamTaskId
  failures(first: 100) { nodes { recordIndex message } }
  error { __typename message outcome retryable safeToResend } } }`;

export async function taskIn(app: TestApp, id: string): Promise<JsonObject> {
  const { data, errors } = await app.graphql(taskText, { id });
  const task = data?.["importTask"];
  if (!isJsonObject(task)) throw new Error(`no task: ${JSON.stringify(errors)}`);
  return task;
}
