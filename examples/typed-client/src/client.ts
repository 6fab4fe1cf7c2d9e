import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { InsertRecordsDocument, type InsertRecordsInput, type InsertRecordsMutation } from "./generated.js";

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** One operation over HTTP. @throws Error for what no client expects: a malformed operation or a defect */
async function request<Data, Variables>(
  url: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: print(document), variables }),
  });
  // The document says what its data is.
  const { data, errors } = (await response.json()) as Answer<Data>;
  if (data === undefined || data === null || errors !== undefined)
    throw new Error(errors?.map(({ message }) => message).join("; ") ?? `HTTP ${response.status} without data`);
  return data;
}

const attempts = 5;
const pauseMs = 100;

/** Sends the records until they are stored, or a repeat is not safe or not promising. */
export async function insertRecords(
  url: string,
  input: InsertRecordsInput,
): Promise<InsertRecordsMutation["insertRecords"]> {
  for (let attempt = 1; ; attempt += 1) {
    const { insertRecords: result } = await request(url, InsertRecordsDocument, { input });
    if (!("safeToResend" in result) || !result.safeToResend || attempt === attempts) return result;
    const waitMs = "retryAfterMs" in result ? (result.retryAfterMs ?? pauseMs) : pauseMs;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

/** For people: which record, which field. */
export function describeResult(result: InsertRecordsMutation["insertRecords"]): string {
  switch (result.__typename) {
    case "InsertRecordsSuccess":
      return `${result.insertedCount} records are stored`;
    case "InsertRecordsAccepted":
      return `import task ${result.task.id} is ${result.task.status}`;
    case "InsertRecordsPartial":
      // Only with `batching: SPLIT`.
      return result.parts
        .map(({ firstRecord, recordCount, result: part }) => {
          const end = "message" in part ? `${part.message} (${part.outcome})` : part.__typename;
          return `records ${firstRecord} to ${firstRecord + recordCount - 1}: ${end}`;
        })
        .join("\n");
    case "WriteInvalidInputError":
      return result.violations
        .map(({ recordIndex, field, message }) => `record ${recordIndex ?? "?"}, ${field ?? "?"}: ${message}`)
        .join("\n");
    default:
      return `${result.message} (${result.outcome})`;
  }
}
