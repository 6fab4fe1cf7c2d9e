import { systemRequest } from "../../../src/core/request-scope.js";
import { parseJson } from "../../../src/json/parse.js";
import { isJsonObject, type JsonObject } from "../../../src/json/value.js";
import type { OpenTestApp } from "../../service/open-test-app.js";
import { useApp } from "../../service/use-app.js";
import { bearer, defineUpload } from "./redivis-service.js";

/** The path prefixes at which a client may reach the service. */
export const mounts = ["/api/v1", "/redivis/api/v1"] as const;

const rights = {
  editor: { scope: ["data.edit", "data.data"], canEdit: ["Demo"] },
  reader: { scope: ["data.data"], canEdit: ["demo"] },
  stranger: { scope: ["data.edit"], canEdit: ["other"] },
};
type Token = keyof typeof rights | "unknown" | "none";

export interface Asked {
  readonly token?: Token;
  /** A value that is sent as JSON, or a text that is sent unchanged. */
  readonly body?: unknown;
  readonly mount?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: JsonObject;
}

export interface RestClient {
  readonly app: () => OpenTestApp;
  /** `path` in the form that clients append to the base URL. */
  readonly ask: (method: string, path: string, asked?: Asked) => Promise<Answer>;
}

/** The whole program, listening, with the public table that `reference` leads to and a private one. */
export function useRestClient(environment: Readonly<Record<string, string>> = {}): RestClient {
  const app = useApp({
    environment: { AUTHORIZATION: "on", ...environment },
    prepare: async ({ manageCollections }) => {
      await manageCollections.create(systemRequest, "redivis", { tokens: rights, ...defineUpload() });
      await manageCollections.create(
        systemRequest,
        "redivis",
        defineUpload({ dataset: { name: "Secret", id: "s3cr", visibility: "private" } }),
      );
    },
  });
  return {
    app,
    ask: async (method, path, { token = "editor", body, mount = mounts[0] } = {}) => {
      const headers = token === "none" ? undefined : bearer(token);
      const response = await app().fetch(mount + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const value = text === "" ? {} : parseJson(text);
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJsonObject(value) ? value : { value },
      };
    },
  };
}
