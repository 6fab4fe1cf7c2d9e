import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parseJson } from "../../../src/json/parse.js";
import { stringifyJson } from "../../../src/json/stringify.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { expand } from "../checks/directives.js";

/** A request as the scripted service saw it. */
export interface SeenRequest {
  readonly method: string;
  /** As sent, percent-encoded. */
  readonly path: string;
  readonly query: JsonObject;
  readonly headers: JsonObject;
  readonly body: JsonValue | undefined;
}

/** What the service answers: a reply, or a connection that is closed after the request was read. */
export interface ScriptedReply {
  readonly drop?: true;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
  readonly rawBody?: string;
}

export interface ScriptedService {
  readonly baseUrl: string;
  /** Answers the next requests with these replies, in order, and gives the requests seen. */
  readonly play: (replies: readonly ScriptedReply[]) => readonly SeenRequest[];
  readonly close: () => Promise<void>;
}

/** An HTTP server on the loopback interface. */
export async function openScriptedService(): Promise<ScriptedService> {
  let script: readonly ScriptedReply[] = [];
  let seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    void readRequest(request).then((read) => {
      seen.push(read);
      answer(response, script[seen.length - 1] ?? { status: 599, rawBody: "the script has ended" });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens on TCP, so the address is not the name of a pipe.
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    play: (replies) => {
      script = replies;
      seen = [];
      return seen;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const [path = "", search = ""] = (request.url ?? "").split("?");
  const headers = Object.entries(request.headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]);
  return {
    method: request.method ?? "",
    path,
    query: Object.fromEntries(new URLSearchParams(search)),
    headers: Object.fromEntries(headers) as JsonObject,
    body: text === "" ? undefined : parseJson(text),
  };
}

function answer(response: ServerResponse, { drop, status = 200, headers, body, rawBody }: ScriptedReply): void {
  if (drop) {
    response.destroy();
    return;
  }
  const text = rawBody ?? (body === undefined ? "" : stringifyJson(expand(body)));
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}
