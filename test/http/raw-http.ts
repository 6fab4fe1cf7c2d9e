import { connect } from "node:net";

/** Sends bytes as they are and reads what comes back until the server closes or falls silent. */
export function exchange(
  url: string,
  parts: readonly (string | Buffer)[],
  options: { readonly pauseMs?: number; readonly silenceMs?: number } = {},
): Promise<string> {
  const { hostname, port } = new URL(url);
  const { pauseMs = 0, silenceMs = 500 } = options;
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let received = "";
    const finish = (): void => {
      socket.destroy();
      resolve(received);
    };
    socket.setTimeout(silenceMs + pauseMs * parts.length, finish);
    socket.on("data", (chunk) => (received += chunk.toString()));
    socket.on("close", finish);
    // A server that refuses a body does not read the rest of it.
    socket.on("error", () => undefined);
    socket.on("connect", () => void send(parts));
    async function send(remaining: readonly (string | Buffer)[]): Promise<void> {
      for (const part of remaining) {
        if (socket.destroyed) return;
        socket.write(part);
        await new Promise((sent) => setTimeout(sent, pauseMs));
      }
    }
  });
}

export function post(body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Buffer {
  const bytes = Buffer.from(body);
  const given = {
    host: "localhost",
    "content-type": "application/json",
    "content-length": String(bytes.byteLength),
    connection: "close",
    ...headers,
  };
  const head = Object.entries(given).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from(`POST /graphql HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\n`), bytes]);
}
