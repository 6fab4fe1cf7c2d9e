import { showValue } from "../../../src/json/stringify.js";
import { isJsonArray, isJsonObject, type JsonObject } from "../../../src/json/value.js";
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
  readonly message: string;
  readonly count: number;
  readonly ids: readonly string[];
}

const errorFields =
  "... on WriteError { message provider retryable safeToResend outcome upstream { httpStatus code message } }";

const documents = {
  insertRecords: `mutation ($input: InsertRecordsInput!) { result: insertRecords(input: $input) {
    __typename ... on InsertRecordsSuccess { count: insertedCount ids } ... on InsertRecordsAccepted { task { id } } ${errorFields} } }`,
  upsertEntities: `mutation ($input: UpsertEntitiesInput!) { result: upsertEntities(input: $input) {
    __typename ... on UpsertEntitiesSuccess { count: upsertedCount ids } ${errorFields} } }`,
};

/** @throws Error when GraphQL itself refuses the operation */
export async function runMutation(send: SendOperation, provider: string, mutation: Mutation): Promise<Answer> {
  const { target, records, operation } = mutation;
  const variables = { input: { target: { [provider]: target }, records } };
  const { data, errors } = await send(documents[operation], variables);
  const [error] = errors ?? [];
  if (error?.extensions?.["code"] === "UNAUTHENTICATED")
    return { kind: "unauthenticated", isRefusedAtDoor: true, message: error.message, count: 0, ids: [] };
  if (error !== undefined || !isJsonObject(data)) throw new Error(`GraphQL refused: ${JSON.stringify(errors)}`);
  return toAnswer(data["result"]);
}

function toAnswer(result: unknown): Answer {
  if (!isJsonObject(result)) throw new Error("the mutation answered nothing");
  const { __typename, count, ids, task, message, upstream } = result;
  if (isJsonObject(task)) return { message: "", count: 1, ids: [showValue(task["id"])] };
  const error = typeof __typename === "string" ? /^Write(\w+)Error$/.exec(__typename)?.[1] : undefined;
  if (error === undefined)
    return { message: "", count: Number(count), ids: isJsonArray(ids) ? ids.map(showValue) : [] };
  const { code, httpStatus } = isJsonObject(upstream) ? upstream : {};
  return {
    kind: error.replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase(),
    code: typeof code === "string" ? code : undefined,
    status: typeof httpStatus === "number" ? httpStatus : undefined,
    message: showValue(message),
    count: 0,
    ids: [],
  };
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
