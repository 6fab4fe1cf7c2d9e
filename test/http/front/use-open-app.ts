import { useApp } from "../../service/use-app.js";
import type { OpenTestApp } from "../../service/open-test-app.js";
import { exchange } from "../raw-http.js";

/** A path of each face, with the form of the errors there. */
export const faces: readonly [path: string, form: RegExp][] = [
  ["/milvus/v1/vector/insert", /^400 Bad Request: /],
  ["/zilliz/v1/vector/insert", /^400 Bad Request: /],
  ["/v2/vectordb/entities/insert", /^400 Bad Request: /],
  ["/api/v1/tables/a.b.c/uploads", /^\{"status":4\d\d,"error":"invalid_request"/],
  ["/v1.0/notable/bases/b/sheets/s/records", /"code":"invalidRequest\.inputArgs\.invalid"/],
  ["/v1/database/import/records", /"code":40000/],
];

/** The paths of the program itself. */
export const ownOnes: readonly [path: string, form: RegExp][] = [
  ["/graphql", /^\{"errors":\[\{"message":"[^"]+","extensions":\{"code":"[A-Z_]+"\}\}\]\}$/],
  ["/graphiql", /^\{"errors":/],
  ["/", /^\{"errors":/],
  ["/nowhere", /^\{"errors":/],
];

export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface OpenApp {
  readonly app: () => OpenTestApp;
  readonly url: () => string;
  /** Sends these lines as a request without a body. `Host` is up to the caller. */
  readonly ask: (firstLine: string, ...lines: readonly string[]) => Promise<Answer>;
  /** Posts a GraphQL query with these headers, beside a `Host` that is accepted. */
  readonly askGraphql: (query: string, ...lines: readonly string[]) => Promise<Answer>;
}

/** The listening program, without authorization unless the settings say otherwise. */
export function useOpenApp(environment: Readonly<Record<string, string>> = {}): OpenApp {
  let address = "";
  const app = useApp({
    samples: true,
    environment,
    prepare: async ({ listen }) => {
      ({ url: address } = await listen());
    },
  });
  const url = (): string => address;
  const send = async (lines: readonly string[], body = ""): Promise<Answer> => {
    const length = Buffer.byteLength(body);
    const head = [...lines, "connection: close", `content-length: ${length}`];
    return readAnswer(await exchange(url(), [`${head.join("\r\n")}\r\n\r\n${body}`]));
  };
  return {
    app,
    url,
    ask: (...lines) => send(lines),
    askGraphql: (query, ...lines) =>
      send(
        ["POST /graphql HTTP/1.1", `host: ${new URL(url()).host}`, "content-type: application/json", ...lines],
        JSON.stringify({ query }),
      ),
  };
}

function readAnswer(text: string): Answer {
  const [head = "", ...bodies] = text.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(first.split(" ")[1]), headers: Object.fromEntries(headers), body: bodies.join("\r\n\r\n") };
}
