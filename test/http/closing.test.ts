import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { serve } from "./serve.js";

/** Sends a request on an open connection and reads the head of its answer. */
async function ask(socket: Socket, path: string, headers = ""): Promise<string> {
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
  const [answer] = (await once(socket, "data")) as [Buffer];
  return answer.toString().split("\r\n\r\n", 1)[0] ?? "";
}

async function open(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

describe("a server that closes", () => {
  it.each([
    ["a route", "/health", "", "HTTP/1.1 200"],
    ["a refusal before the routes", "/health", "Host: another\r\n", "HTTP/1.1 400"],
    ["an unknown path", "/nowhere", "", "HTTP/1.1 404"],
  ])("answers a request of a connection that was kept alive, with Connection: close: %s", async (...given) => {
    const [, path, headers, status] = given;
    const { url, close } = await serve();
    const socket = await open(url);
    expect(await ask(socket, "/health")).toContain("Connection: keep-alive");
    const closed = close(5000);
    const head = await ask(socket, path, headers);
    expect(head).toContain(status);
    expect(head.toLowerCase()).toContain("connection: close");
    await once(socket, "close");
    await closed;
  });

  it("takes no new connection, and closes those without a request after a while", async () => {
    const { url, close } = await serve();
    const [used, unused] = [await open(url), await open(url)];
    await ask(used, "/health");
    const begun = Date.now();
    const closed = close(200);
    await expect(open(url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await Promise.all([once(used, "close"), once(unused.resume(), "close"), closed]);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(200);
  });
});
