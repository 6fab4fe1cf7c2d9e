import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  createUpstreamConnections,
  type UpstreamConnections,
} from "../../../src/contract/client/http/upstream-connections.js";

const times = { connectTimeoutMs: 10_000, headersTimeoutMs: 10_000, bodyTimeoutMs: 10_000 };

let server: Server;
let connections: UpstreamConnections;
/** The connection of each request. */
let sockets: Socket[];
let resets: boolean;
let now: number;
beforeEach(async () => {
  sockets = [];
  resets = false;
  now = 0;
  server = createServer((request, response) => {
    sockets.push(request.socket);
    if (resets) request.socket.resetAndDestroy();
    else response.end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  connections = createUpstreamConnections(times, { now: () => new Date(now) });
});
afterEach(async () => {
  await connections.close();
  server.closeAllConnections();
  server.close();
});

async function send(isRepeatable: boolean): Promise<Socket | undefined> {
  const { port } = server.address() as AddressInfo;
  const to = { origin: `http://127.0.0.1:${port}`, path: "/", maxReplyBytes: 100 };
  const request = { ...to, method: "POST", headers: {}, body: "{}", isRepeatable } as const;
  await connections.send(request, AbortSignal.timeout(10_000));
  // The connection is free after the end of the reply.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return sockets.at(-1);
}

it("keeps a connection for the next request", async () => {
  expect(await send(false)).toBe(await send(false));
});

it("gives calls that must not be repeated fresh connections for a minute after a reset", async () => {
  await send(false);
  resets = true;
  await expect(send(false)).rejects.toThrow();
  resets = false;
  const fresh = [await send(false), await send(false), await send(false)];
  expect(new Set(fresh).size).toBe(3);
  const kept = await send(true);
  expect(await send(true)).toBe(kept);
  now = 59_999;
  expect(await send(false)).not.toBe(kept);
  now = 60_000;
  expect(await send(false)).toBe(kept);
});
