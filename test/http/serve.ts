import { systemCaller } from "../../src/core/access/caller.js";
import { createHttpServer, type HttpServer, type HttpServerOptions } from "../../src/http/http-server.js";
import { createFakeWorld, type FakeWorld, type FakeWorldOptions } from "../graphql/fake-world.js";

export interface Served extends HttpServer {
  readonly world: FakeWorld;
  readonly url: string;
  /** Posts to /graphql and reads the answer. */
  readonly ask: (
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<{ status: number; body: unknown; headers: Headers }>;
}

/** A real server on a free port over made-up use cases. */
export async function serve(
  options: Partial<HttpServerOptions> & { readonly world?: FakeWorldOptions } = {},
): Promise<Served> {
  const { world: worldOptions, ...httpOptions } = options;
  const world = await createFakeWorld(worldOptions);
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (details: object, message: string) => void world.logged.push({ details, message }),
  };
  const rest = { mounts: [], faces: new Map(), faults: false };
  const server = createHttpServer({
    graphql: world,
    door: { caller: systemCaller },
    rest,
    host: "127.0.0.1",
    port: 0,
    front: { ambient: false, allowedHosts: [], corsOrigins: [] },
    maxBodyBytes: 1_000_000,
    maxRequestsInFlight: 100,
    maxBodyBytesInFlight: 10_000_000,
    reads: { graphqlBytes: 10_000_000, restBytes: 10_000_000, bytesInFlight: 20_000_000 },
    isReady: () => Promise.resolve(true),
    ids: { uuid: () => "request-1" },
    log,
    playground: "nowhere",
    ...httpOptions,
  });
  const { url } = await server.listen();
  return {
    ...server,
    world,
    url,
    ask: async (body, headers = {}) => {
      const sent =
        typeof body === "string" ? body : body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: sent,
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === "" ? undefined : (JSON.parse(text) as unknown),
      };
    },
  };
}

export const insertText = `mutation ($records: [JSONObject!]!) { insertRecords(input: { target: { shelf: { shelf: "books" } }, records: $records }) {
  __typename ... on InsertRecordsSuccess { insertedCount } ... on WriteInvalidInputError { violations { recordIndex field rule } } } }`;

/** The JSON text of an insert, its records as JSON text. */
export function insertOf(records: string): string {
  return `{"query":${JSON.stringify(insertText)},"variables":{"records":${records}}}`;
}
