import { systemRequest } from "../../src/core/request-scope.js";
import { useApp } from "../service/use-app.js";
import type { OpenTestApp } from "../service/open-test-app.js";
import { allOf } from "../service/visible.js";
import { exchange } from "./raw-http.js";

export const insertPath = "/v1/vector/insert";
export const authorization = "Bearer root:Milvus";

/** The body of an insert of one entity. */
export const rowOf = (id: number): string => `{"collectionName":"book","data":{"id":${id},"vector":[1,2]}}`;

export interface RestFace {
  readonly app: () => OpenTestApp;
  readonly url: () => string;
  /** Posts as root and answers status and body as one text. */
  readonly send: (body: string, headers?: Readonly<Record<string, string>>, path?: string) => Promise<string>;
  /** Sends these lines as the head of a request. */
  readonly raw: (head: readonly string[], body?: string) => Promise<string>;
  readonly storedCount: () => Promise<number>;
}

/** The listening program with a collection `book` behind Milvus's face, small limits, and faults allowed. */
export function useRestFace(): RestFace {
  let address = "";
  const app = useApp({
    environment: {
      AUTHORIZATION: "on",
      FAULTS: "on",
      MILVUS_INSERT_MAX_BYTES: "2000",
      MILVUS_UPSERT_MAX_BYTES: "3000",
    },
    prepare: async ({ manageCollections, listen }) => {
      await manageCollections.create(systemRequest, "milvus", {
        users: [{ name: "root", password: "Milvus" }],
        collectionName: "book",
        fields: [
          { name: "id", type: "Int64", primary: true },
          { name: "vector", type: "FloatVector", dim: 2 },
        ],
        dynamic: true,
      });
      ({ url: address } = await listen());
    },
  });
  const url = (): string => address;
  return {
    app,
    url,
    send: async (body, headers = {}, path = insertPath) => {
      const response = await fetch(url() + path, { method: "POST", headers: { authorization, ...headers }, body });
      return `${response.status} ${await response.text()}`;
    },
    raw: (head, body = "") => exchange(url(), [`${head.join("\r\n")}\r\n\r\n${body}`]),
    storedCount: async () => {
      const { collections, records } = app().store;
      const { items } = await collections.listCollections({ visible: allOf("milvus") }, { first: 100 });
      const counts = await records.countRecords(items.map(({ id }) => id));
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
}
