import type { Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { altatech } from "../../src/providers/altatech/index.js";
import { isJsonObject } from "../../src/json/value.js";
import { sampleOf } from "../conformance/sample-of.js";
import { write } from "../conformance/write.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";
import { createWaitlessClock } from "../service/waitless-clock.js";
import { remoteEnvironment } from "./bounds.js";
import { answerOf, insert, slow, useHostileServer } from "./remote-app.js";
import { allStored, openRemoteApp, openTaskService, replyTo } from "./task-service.js";

const oneRecordEach = { ALTATECH_MAX_RECORDS: "1" };
const { target, records } = sampleOf(altatech);

const tasksOf = async (app: OpenTestApp): Promise<unknown> => {
  const { data } = await app.graphql("{ importTasks(first: 10) { nodes { status totalCount upstreamTaskId } } }");
  return isJsonObject(data?.["importTasks"]) ? data["importTasks"]["nodes"] : undefined;
};

test("each part of a split import is a task of its own, which is followed to its end", async () => {
  const service = await openTaskService();
  const app = await openRemoteApp(service, { clock: createWaitlessClock(), environment: oneRecordEach });
  service.answerPolls((socket) => replyTo(socket, allStored));
  const sent = { provider: "altatech", operation: "insertRecords", target, records, batching: "SPLIT" } as const;
  const accepted = { __typename: "InsertRecordsAccepted", task: { totalCount: 1 } };
  expect(await write(app, sent)).toMatchObject({
    __typename: "InsertRecordsPartial",
    parts: records.map((_record, index) => ({ index, firstRecord: index, recordCount: 1, result: accepted })),
  });
  expect(service.imports()).toHaveLength(records.length);
  await app.settleTasks();
  expect(await tasksOf(app)).toMatchObject(records.map(() => ({ status: "SUCCEEDED", totalCount: 1 })));
  await app.close();
});

const server = useHostileServer();
const parts = 3;

/** Splits the sample records, so many times over, into a call for each time. The first call is answered. */
async function openSplit(answerOthers: (socket: Socket) => void) {
  const { provider, operation } = insert;
  const sample = sampleOf(provider);
  const contract = provider.contracts.find((each) => each.operation === operation);
  const { setting = "" } = contract?.limits.find(({ unit }) => unit === "records") ?? {};
  const cap = { ...slow, [setting]: sample.records.length };
  const app = await openTestApp({
    ...{ providers: [provider], clock: createWaitlessClock() },
    environment: remoteEnvironment([provider], `http://127.0.0.1:${server().port}`, cap),
  });
  onTestFinished(() => app.close());
  server().become({
    answer: (socket) => (server().seen.length === 1 ? socket.write(answerOf(insert)) : answerOthers(socket)),
  });
  const records = Array.from({ length: parts }, () => sample.records).flat();
  return { app, input: { target: { [provider.id]: sample.target }, records, batching: "SPLIT" } };
}

const text = `mutation ($input: InsertRecordsInput!) { result: insertRecords(input: $input) { __typename
  ... on InsertRecordsPartial { parts { result { __typename ... on WriteError { outcome safeToResend } } } } } }`;

const partsEndingWith = (error: object) => ({
  data: {
    result: {
      __typename: "InsertRecordsPartial",
      parts: [
        { result: { __typename: "InsertRecordsSuccess" } },
        { result: { outcome: "UNKNOWN", safeToResend: false, ...error } },
      ],
    },
  },
});

test("a part whose connection is lost is unknown, those before it are stored, and no other is sent", async () => {
  const { app, input } = await openSplit((socket) => socket.destroy());
  expect(await app.graphql(text, { input })).toEqual(partsEndingWith({ __typename: "WriteUnavailableError" }));
  expect(server().seen).toHaveLength(2);
});

test("a deadline that passes in a part ends the write: the next one is not sent", async () => {
  const silent: Socket[] = [];
  const { app, input } = await openSplit((socket) => void silent.push(socket));
  const response = await app.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", "recordgate-deadline-ms": "2000" },
    body: JSON.stringify({ query: text, variables: { input } }),
  });
  expect(await response.json()).toEqual(partsEndingWith({ __typename: "WriteTimeoutError" }));
  silent.forEach((socket) => socket.destroy());
  expect(server().seen).toHaveLength(2);
});
