import { readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { readRequests, type RawRequest } from "./raw-requests.js";

/** What a hostile service does with a connection and with the requests on it. */
export interface Hostility {
  /** Whether it stores the records of the request with this number, counted from 0. */
  readonly stores?: (index: number) => boolean;
  /** Absent: it reads the request and is silent. */
  readonly answer?: (socket: Socket, request: RawRequest, index: number) => void;
  readonly onConnection?: (socket: Socket) => void;
}

export interface HostileServer {
  readonly port: number;
  /** Starts to behave so; forgets what it saw. */
  readonly become: (hostility: Hostility) => void;
  /** The requests that arrived completely. */
  readonly seen: readonly RawRequest[];
  /** The requests that it stored. */
  readonly stored: readonly RawRequest[];
  readonly openSockets: () => number;
  /** Closes all connections. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

/** A server that knows what it really stored. */
export async function openHostileServer(options: { readonly tls?: true } = {}): Promise<HostileServer> {
  let hostility: Hostility = {};
  const seen: RawRequest[] = [];
  const stored: RawRequest[] = [];
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    const { stores, answer, onConnection } = hostility;
    onConnection?.(socket);
    readRequests(socket, (request) => {
      const index = seen.push(request) - 1;
      if (stores?.(index)) stored.push(request);
      answer?.(socket, request, index);
    });
  };
  const server: Server = options.tls ? createTlsServer(certificate(), accept) : createServer(accept);
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    // It listens on TCP, so the address is not the name of a pipe.
    port: (server.address() as AddressInfo).port,
    become: (next) => {
      hostility = next;
      seen.length = 0;
      stored.length = 0;
      // A connection behaves as the server did when it was opened.
      cut();
    },
    seen,
    stored,
    openSockets: () => sockets.size,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

function certificate(): { readonly key: Buffer; readonly cert: Buffer } {
  const read = (name: string): Buffer => readFileSync(join(import.meta.dirname, "certificate", name));
  return { key: read("key.pem"), cert: read("certificate.pem") };
}
