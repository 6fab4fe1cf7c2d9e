import { showValue } from "../../../src/json/stringify.js";
import { isJsonArray, isJsonObject, type JsonObject } from "../../../src/json/value.js";
import type { TestApp } from "../../../src/test-app.js";
import type { Mutation } from "../write-form.js";

export interface Answer {
  /** Undefined for success. */
  readonly kind?: string;
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
export async function runMutation(app: TestApp, provider: string, mutation: Mutation): Promise<Answer> {
  const { target, records, operation } = mutation;
  const result = await query(app, documents[operation], { input: { target: { [provider]: target }, records } });
  return toAnswer(result["result"]);
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
export async function storedRecords(app: TestApp, collectionId: string): Promise<readonly JsonObject[]> {
  const document = `query ($id: ID!, $after: String) { recordCollection(id: $id) { records(first: 1000, after: $after) {
    edges { node { fields } } pageInfo { endCursor hasNextPage } } } }`;
  const records: JsonObject[] = [];
  let after: unknown = null;
  do {
    const data = await query(app, document, { id: collectionId, after });
    const page = member(member(data["recordCollection"], "records"), "edges");
    for (const edge of Array.isArray(page) ? page : []) {
      const fields = member(member(edge, "node"), "fields");
      if (isJsonObject(fields)) records.push(fields);
    }
    const pageInfo = member(member(data["recordCollection"], "records"), "pageInfo");
    after = member(pageInfo, "hasNextPage") === true ? member(pageInfo, "endCursor") : null;
  } while (after !== null);
  return records;
}

function member(value: unknown, key: string): unknown {
  return isJsonObject(value) ? value[key] : undefined;
}

async function query(app: TestApp, document: string, variables: Record<string, unknown>): Promise<JsonObject> {
  const { data, errors } = await app.graphql(document, variables);
  if (errors !== undefined || !isJsonObject(data)) throw new Error(`GraphQL refused: ${JSON.stringify(errors)}`);
  return data;
}
