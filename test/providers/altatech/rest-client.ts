import { parseJson } from "../../../src/json/parse.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import type { OpenTestApp } from "../../service/open-test-app.js";
import { useApp } from "../../service/use-app.js";

/** The path prefixes at which a client may reach the service. */
export const mounts = ["", "/altatech"] as const;

const keys = { shop: "app-00000000000000000000shop", school: "app-000000000000000000school" } as const;
type Bot = keyof typeof keys;

export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

export interface RestClient {
  readonly app: () => OpenTestApp;
  /** Posts a value as JSON, or a text unchanged, with the key of a bot. */
  readonly post: (path: string, body: unknown, bot?: Bot | null) => Promise<Answer>;
  readonly get: (path: string, bot?: Bot) => Promise<JsonValue>;
}

/** The whole program, listening, with a key for each of two bots. */
export function useRestClient(environment: Readonly<Record<string, string>> = {}): RestClient {
  const app = useApp({
    environment: { AUTHORIZATION: "on", ...environment },
    prepare: async ({ grantAccess }) => {
      for (const [bot, key] of Object.entries(keys))
        await grantAccess("altatech", { tokens: { [key]: {} }, bot_id: bot });
    },
  });
  const read = async (path: string, init: RequestInit): Promise<{ status: number; body: JsonValue }> => {
    const response = await app().fetch(path, init);
    return { status: response.status, body: parseJson(await response.text()) };
  };
  return {
    app,
    post: async (path, body, bot = "shop") => {
      const headers = bot === null ? undefined : { authorization: `Bearer ${keys[bot]}` };
      const answer = await read(path, {
        method: "POST",
        headers,
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
      return { ...answer, body: isJsonObject(answer.body) ? answer.body : { answer: answer.body } };
    },
    get: async (path, bot = "shop") => (await read(path, { headers: { authorization: `Bearer ${keys[bot]}` } })).body,
  };
}
