import { isJsonObject, type JsonObject } from "../../src/json/value.js";
import { providersAnswer, providersQuery, type DemoProvider } from "./answers.js";

/** Executes an operation. @throws Error when the reply has no data */
export type Ask = (query: string, variables?: JsonObject) => Promise<JsonObject>;

export interface Server {
  /** For people. */
  readonly name: string;
  readonly ask: Ask;
  readonly providers: readonly DemoProvider[];
  readonly close: () => Promise<void>;
}

const usualUrl = "http://127.0.0.1:4000/graphql";

/**
 * The server of `RECORDGATE_URL`, else one that runs at the usual address, else a new one with an empty database in
 * memory.
 */
export async function findServer({ RECORDGATE_URL: named }: NodeJS.ProcessEnv, usual = usualUrl): Promise<Server> {
  if (named !== undefined && named !== "") return connect(named);
  return connect(usual).catch(() => startOwn());
}

/** @throws Error when no Recordgate answers there */
async function connect(url: string): Promise<Server> {
  const ask = askOverHttp(url);
  const providers = await ask(providersQuery).then(
    (data) => providersAnswer.parse(data).recordProviders,
    (cause: unknown) => {
      throw new Error(`no Recordgate answers at ${url}`, { cause });
    },
  );
  return { name: url, ask, providers, close: () => Promise.resolve() };
}

async function startOwn(): Promise<Server> {
  const { createTestApp } = await import("../../src/test-app.js");
  const app = await createTestApp();
  const ask: Ask = async (query, variables) => toData(await app.graphql(query, variables));
  const { recordProviders: providers } = providersAnswer.parse(await ask(providersQuery));
  return {
    name: "a server of its own, in memory (none answers at the usual address)",
    ask,
    providers,
    close: () => app.close(),
  };
}

function askOverHttp(url: string): Ask {
  return async (query, variables = {}) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    return toData(await response.json());
  };
}

export function toData(answer: unknown): JsonObject {
  const { data, errors } = Object(answer) as { data?: unknown; errors?: unknown }; // The reply may be any value.
  if (errors !== undefined || !isJsonObject(data))
    throw new Error(`the operation was not executed: ${JSON.stringify(errors ?? answer)}`);
  return data;
}
