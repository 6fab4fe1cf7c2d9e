import type { RequestListener } from "node:http";
import { createServer } from "node:http";

/** Tells the process that started this one that it is ready. */
export function announcePort(port: number): void {
  process.send?.(port);
}

/** Serves on a free port of loopback and announces it. */
export function serveHttp(listener: RequestListener): void {
  const server = createServer(listener).listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (address !== null && typeof address === "object") announcePort(address.port);
  });
}
