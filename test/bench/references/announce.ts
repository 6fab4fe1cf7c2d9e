import { createServer, type RequestListener, type Server } from "node:http";

/** Tells the process that started this one that it is ready. */
export function announcePort(port: number): void {
  process.send?.(port);
}

/** Serves on a free port of loopback and announces it. */
export function announceServer(server: Server): void {
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (address !== null && typeof address === "object") announcePort(address.port);
  });
}

export function serveHttp(listener: RequestListener): void {
  announceServer(createServer(listener));
}

/** Waits for a server that does not say when it listens. */
export async function waitUntilServed(port: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return;
    } catch (error) {
      if (attempt === 300) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
