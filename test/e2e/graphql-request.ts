import { showValue } from "../../src/json/stringify.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";

/** One GraphQL request over HTTP. @throws Error when no reply arrives or GraphQL refuses the operation */
export async function request(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<JsonObject> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(60_000),
  });
  const body: unknown = await response.json();
  if (!isJsonObject(body) || !isJsonObject(body["data"])) throw new Error(`refused: ${JSON.stringify(body)}`);
  return body["data"];
}

/** The result of the only mutation, by its type. */
export function resultOf(data: JsonObject): JsonObject {
  const [result] = Object.values(data);
  if (!isJsonObject(result)) throw new Error("the mutation answered nothing");
  return result;
}

export const errorFields = "... on WriteError { message outcome safeToResend upstream { code message } }";

export async function createCollection(url: string, definition: JsonObject): Promise<string> {
  const data = await request(
    url,
    `mutation ($input: CreateCollectionInput!) { createCollection(input: $input) { ... on CreateCollectionSuccess { collection { id } } ${errorFields} } }`,
    { input: { definition } },
  );
  const { collection, message } = resultOf(data);
  if (!isJsonObject(collection)) throw new Error(`no collection: ${showValue(message)}`);
  return showValue(collection["id"]);
}

/** The fields of all records of a collection. */
export async function readAll(url: string, collectionId: string): Promise<readonly JsonObject[]> {
  const query = `query ($id: ID!, $after: String) { recordCollection(id: $id) { records(first: 1000, after: $after) {
    edges { node { fields } } pageInfo { hasNextPage endCursor } } } }`;
  const records: JsonObject[] = [];
  for (let after: unknown = null, more = true; more;) {
    const { recordCollection: collection } = await request(url, query, { id: collectionId, after });
    const page = isJsonObject(collection) ? collection["records"] : undefined;
    const { edges, pageInfo } = isJsonObject(page) ? page : {};
    for (const edge of isJsonArray(edges) ? edges : []) records.push(...fieldsOf(edge));
    more = isJsonObject(pageInfo) && pageInfo["hasNextPage"] === true;
    after = isJsonObject(pageInfo) ? pageInfo["endCursor"] : null;
  }
  return records;
}

function fieldsOf(edge: JsonValue): readonly JsonObject[] {
  const node = isJsonObject(edge) ? edge["node"] : undefined;
  const fields = isJsonObject(node) ? node["fields"] : undefined;
  return isJsonObject(fields) ? [fields] : [];
}
