import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface CuttingProxy {
  /** The server's URL, through the proxy. */
  readonly url: string;
  /**
   * When a client next sends this text, the server receives it and the client loses its connection instead of getting
   * an answer.
   */
  cutAfter(text: string): void;
  close(): Promise<void>;
}

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const url = new URL(target);
  const sockets = new Set<Socket>();
  let trigger: string | undefined;
  const listener = createServer((client) => {
    const server = connect(Number(url.port), url.hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
    }
    client.on("data", (data) => {
      server.write(data);
      if (trigger === undefined || !data.includes(trigger)) return;
      trigger = undefined;
      client.destroy();
    });
    server.on("data", (data) => client.write(data));
    server.on("close", () => client.destroy());
    // The server may finish the statement first.
    client.on("close", () => setTimeout(() => server.destroy(), 200));
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const through = new URL(target);
  through.port = String((listener.address() as AddressInfo).port);
  return {
    url: through.href,
    cutAfter: (text) => (trigger = text),
    async close() {
      listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
