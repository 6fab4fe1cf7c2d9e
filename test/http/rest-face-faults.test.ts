import { describe, expect, test } from "vitest";
import { openTestApp } from "../service/open-test-app.js";
import { authorization, rowOf, useRestFace } from "./use-rest-face.js";

const { app, send, storedCount } = useRestFace();

describe("a call that a test makes fail", () => {
  const fault = (text: string): Readonly<Record<string, string>> => ({ "recordgate-fault": text });

  test("answers any row of the contract, or vanishes before or after storing", async () => {
    expect(await send(rowOf(60), fault("rate-limited"))).toMatch(/^200 \{"code":8,/);
    const before = await storedCount();
    await expect(send(rowOf(61), fault("drop=before"))).rejects.toThrow();
    expect(await storedCount()).toBe(before);
    await expect(send(rowOf(62), fault("internal; drop=after"))).rejects.toThrow();
    expect(await storedCount()).toBe(before + 1);
  });

  const mutation = `mutation { insertRecords(input: { target: { milvus: { collectionName: "book" } }, records: [{ id: 70, vector: [1, 2] }] }) {
    __typename ... on WriteError { outcome safeToResend message } } }`;
  test.each([
    ["deadline-exceeded", 0, { __typename: "WriteTimeoutError", outcome: "UNKNOWN", safeToResend: false }],
    ["drop=before", 0, { __typename: "WriteUnavailableError", outcome: "UNKNOWN" }],
    ["drop=after", 1, { __typename: "WriteUnavailableError", outcome: "UNKNOWN" }],
    ["nonsense", 0, { __typename: "WriteInvalidInputError", outcome: "NOT_APPLIED" }],
  ])("through GraphQL as well: %s", async (text, stored, expected) => {
    const before = await storedCount();
    const response = await app().fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization, ...fault(text) },
      body: JSON.stringify({ query: mutation }),
    });
    expect(await response.json()).toMatchObject({ data: { insertRecords: expected } });
    expect(await storedCount()).toBe(before + stored);
  });

  test("goes right where faults are not allowed", async () => {
    const strict = await openTestApp();
    const response = await strict.fetch("/milvus/v1/vector/insert", {
      method: "POST",
      headers: fault("rate-limited"),
      body: "{}",
    });
    expect(await response.json()).toMatchObject({ code: 1802 });
    await strict.close();
  });
});
