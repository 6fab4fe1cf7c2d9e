import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** Stands before a service: it passes every request on and may keep the reply to itself. */
export interface ScriptedService {
  readonly url: string;
  /** Whether callers get no reply, although the service does what they ask for. */
  readonly beSilent: (silent: boolean) => void;
  /** The writing requests since the last call. */
  readonly takeWrites: () => number;
  readonly close: () => Promise<void>;
}

export async function openScriptedService(serviceUrl: string): Promise<ScriptedService> {
  let isSilent = false;
  let writes = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET", url = "/", headers } = request;
    if (method !== "GET") writes += 1;
    const sent = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" && !hopHeaders.has(name) ? [[name, value]] : [],
    );
    const reply = await fetch(serviceUrl + url, {
      method,
      headers: sent,
      body: method === "GET" ? null : await buffer(request),
    });
    const body = await reply.text();
    if (isSilent) return;
    response.writeHead(reply.status, { "content-type": "application/json" }).end(body);
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    // It listens on TCP, so the address is not the name of a pipe.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    beSilent: (silent) => {
      isSilent = silent;
    },
    takeWrites: () => {
      const taken = writes;
      writes = 0;
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Those of the connection: the next one has its own. */
const hopHeaders: ReadonlySet<string> = new Set(["host", "connection", "content-length", "transfer-encoding"]);
