import { showValue } from "../../../src/json/stringify.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import type { OpenTestApp, SendOperation } from "../../service/open-test-app.js";
import { allOf } from "../../service/visible.js";
import type { Mutation } from "../write-form.js";

export interface Answer {
  /** Undefined for success. */
  readonly kind?: string;
  /** GraphQL refused the credential itself, in its own words: the contract was not asked. */
  readonly isRefusedAtDoor?: true;
  readonly code?: string;
  readonly status?: number;
  /** The rule for repeating a failed call, in the words of the cases. */
  readonly retryable?: string;
  readonly outcome?: string;
  readonly warnings: readonly string[];
  readonly message: string;
  readonly count: number;
  readonly ids: readonly string[];
  /** The import that was accepted. */
  readonly taskId?: string;
}

const nothing = { count: 0, ids: [], warnings: [] } as const;

const errorFields =
  "... on WriteError { message provider retryable safeToResend outcome upstream { httpStatus code message } }";

const inserted = `__typename ... on InsertRecordsSuccess { count: insertedCount ids warnings }
  ... on InsertRecordsAccepted { task { id } } ${errorFields}`;
const upserted = `__typename ... on UpsertEntitiesSuccess { count: upsertedCount ids warnings } ${errorFields}`;

const documents = {
  insertRecords: `mutation ($input: InsertRecordsInput!) { result: insertRecords(input: $input) {
    ${inserted} ... on InsertRecordsPartial { parts { result { ${inserted} } } } } }`,
  upsertEntities: `mutation ($input: UpsertEntitiesInput!) { result: upsertEntities(input: $input) {
    ${upserted} ... on UpsertEntitiesPartial { parts { result { ${upserted} } } } } }`,
};

/** @throws Error when GraphQL itself refuses the operation */
export async function runMutation(
  send: SendOperation,
  provider: string,
  mutation: Mutation & { readonly batching?: JsonValue },
): Promise<Answer> {
  const { target, records, operation, batching } = mutation;
  const variables = { input: { target: { [provider]: target }, records, batching } };
  const { data, errors } = await send(documents[operation], variables);
  const [error] = errors ?? [];
  if (error?.extensions?.["code"] === "UNAUTHENTICATED")
    return { kind: "unauthenticated", isRefusedAtDoor: true, message: error.message, ...nothing };
  if (error !== undefined || !isJsonObject(data)) throw new Error(`GraphQL refused: ${JSON.stringify(errors)}`);
  return toAnswer(data["result"]);
}

function toAnswer(result: unknown): Answer {
  if (!isJsonObject(result)) throw new Error("the mutation answered nothing");
  const { __typename, count, task, message, upstream, retryable, outcome, parts } = result;
  if (isJsonArray(parts)) return joinAnswers(parts.map((part) => toAnswer(isJsonObject(part) && part["result"])));
  if (isJsonObject(task)) {
    const taskId = showValue(task["id"]);
    return { message: "", count: 1, ids: [taskId], taskId, warnings: [] };
  }
  const error = typeof __typename === "string" ? /^Write(\w+)Error$/.exec(__typename)?.[1] : undefined;
  if (error === undefined)
    return { message: "", count: Number(count), ids: textsOf(result["ids"]), warnings: textsOf(result["warnings"]) };
  const { code, httpStatus } = isJsonObject(upstream) ? upstream : {};
  return {
    kind: error.replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase(),
    code: typeof code === "string" ? code : undefined,
    status: typeof httpStatus === "number" ? httpStatus : undefined,
    message: showValue(message),
    retryable: typeof retryable === "string" ? retryable.toLowerCase().replaceAll("_", "-") : undefined,
    outcome: typeof outcome === "string" ? outcome : undefined,
    ...nothing,
  };
}

/** The answers to the parts of a mutation: it ends as the last one does, and has the ids of all. */
function joinAnswers(answers: readonly Answer[]): Answer {
  const last = answers.at(-1) ?? { message: "", ...nothing };
  return {
    ...last,
    count: answers.reduce((sum, { count }) => sum + count, 0),
    ids: answers.flatMap(({ ids }) => ids),
    warnings: answers.flatMap(({ warnings }) => warnings),
  };
}

/** The end of an import in the terms of an answer to a mutation. */
export async function readTask(send: SendOperation, id: string): Promise<Answer> {
  const query = `query ($id: ID!) { importTask(id: $id) { status successCount error { __typename ${errorFields} } } }`;
  const { data, errors } = await send(query, { id });
  const task = isJsonObject(data) ? data["importTask"] : undefined;
  if (!isJsonObject(task)) throw new Error(`the task ${id} is not there: ${JSON.stringify(errors)}`);
  const { status, successCount, error } = task;
  if (status === "PENDING") throw new Error(`the task ${id} has not ended`);
  return isJsonObject(error) ? toAnswer(error) : { message: "", count: Number(successCount), ids: [id], warnings: [] };
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.map(showValue) : [];
}

/** All records of a collection in their read form. */
export async function storedRecords(
  { store, directory }: Pick<OpenTestApp, "store" | "directory">,
  provider: string,
  collectionId: string,
): Promise<readonly JsonObject[]> {
  const [collection] = await store.collections.collectionsById(allOf(provider), [collectionId]);
  if (collection === undefined) return [];
  const { items } = await store.records.listRecords(collectionId, { first: 100_000 });
  return items.map((record) => directory.toFields(collection, record));
}
