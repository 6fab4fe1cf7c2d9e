import { createKeySecret } from "../../src/application/access/key-secret.js";
import type { KeyScope } from "../../src/core/access/caller.js";
import { isJsonObject, type JsonObject } from "../../src/json/value.js";
import type { OpenTestApp } from "../service/open-test-app.js";
import { useApp, type UsedAppOptions } from "../service/use-app.js";

export interface Guarded {
  readonly app: () => OpenTestApp;
  /** The secret of a new key. */
  readonly keyFor: (...scopes: readonly KeyScope[]) => Promise<string>;
  /** The data of an operation with that bearer. @throws Error for an answer with errors */
  readonly ask: (secret: string, query: string, variables?: JsonObject) => Promise<JsonObject>;
  /** The result of the only field. */
  readonly resultOf: (secret: string, query: string, variables?: JsonObject) => Promise<JsonObject>;
  readonly post: (headers: Readonly<Record<string, string>>, body: object) => Promise<Response>;
}

/** The program with authorization on, asked over HTTP. */
export function useGuarded(options: UsedAppOptions = {}): Guarded {
  const app = useApp({ ...options, environment: { AUTHORIZATION: "on", ...options.environment } });
  const post: Guarded["post"] = (headers, body) =>
    app().fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const ask: Guarded["ask"] = async (secret, query, variables = {}) => {
    const response = await post({ authorization: `Bearer ${secret}` }, { query, variables });
    const text = await response.text();
    const answer: unknown = JSON.parse(text);
    const data = isJsonObject(answer) && answer["errors"] === undefined ? answer["data"] : undefined;
    if (!isJsonObject(data)) throw new Error(`${response.status} ${text}`);
    return data;
  };
  return {
    app,
    keyFor: async (...scopes) => {
      const secret = createKeySecret();
      await app().store.keys.createKey({ name: "test", secret, scopes, expiresAt: undefined });
      return secret;
    },
    ask,
    resultOf: async (secret, query, variables) => {
      const [result] = Object.values(await ask(secret, query, variables));
      if (!isJsonObject(result)) throw new Error("the field answered no object");
      return result;
    },
    post,
  };
}

const errorFields = "... on WriteError { message outcome upstream { code } }";

export const insertText = `mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { __typename ${errorFields}
  ... on InsertRecordsSuccess { insertedCount collection { id } }
  ... on InsertRecordsAccepted { task { id status totalCount collection { id } } } } }`;

export const createText = `mutation ($input: CreateCollectionInput!) { createCollection(input: $input) { __typename ${errorFields}
  ... on CreateCollectionSuccess { collection { id name records { nodes { id } } } } } }`;

export const deleteText = `mutation ($id: ID!) { deleteCollection(id: $id) { __typename ${errorFields} } }`;
