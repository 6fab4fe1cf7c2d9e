import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { FrontedResponse } from "./fronted-response.js";

/**
 * A missing Host is answered by this program: Node would answer with an empty body. Time-outs of Node count the time in
 * which the process is busy; `SlowClients` replaces them.
 */
const options = { ServerResponse: FrontedResponse, headersTimeout: 0, requestTimeout: 0, requireHostHeader: false };

/** Answers each request. */
export type FrontedListener = RequestListener<typeof IncomingMessage, typeof FrontedResponse>;

const idleLookMs = 50;

/** The servers of one program: one for each address of its host. */
export class NodeServers {
  readonly #prepare: (server: Server) => void;
  readonly #listener: FrontedListener;
  readonly #further: Server[] = [];
  #lingerMs = 0;

  /** `prepare` adds the handlers of the other events. */
  constructor(listener: FrontedListener, prepare: (server: Server) => void) {
    this.#listener = listener;
    this.#prepare = prepare;
  }

  create(): Server {
    const server = createServer(options, this.#listener);
    // The listener itself answers `Expect: 100-continue`; a request with any other expectation is answered like one
    // without.
    server.on("checkContinue", this.#listener).on("checkExpectation", this.#listener);
    this.#prepare(server);
    this.#postponeClosingIdle(server);
    return server;
  }

  /** For the time after the servers begin to close: a client may be sending on a connection that it keeps alive. */
  keepIdleFor(lingerMs: number): void {
    this.#lingerMs = lingerMs;
  }

  /**
   * Node closes connections without a request at once when a server begins to close, and leaves open those that lose
   * their last request later.
   */
  #postponeClosingIdle(server: Server): void {
    const closeIdle = server.closeIdleConnections.bind(server);
    let timer: NodeJS.Timeout | undefined;
    server.closeIdleConnections = () => {
      if (this.#lingerMs === 0) closeIdle();
      if (timer !== undefined) return;
      const endMs = Date.now() + this.#lingerMs;
      timer = setInterval(() => {
        if (Date.now() >= endMs) closeIdle();
      }, idleLookMs);
    };
    server.once("close", () => clearInterval(timer));
  }

  /** The name `localhost` may have an address of each family: listens on those that `first` does not have. */
  async listenBeside(first: Server, host: string): Promise<void> {
    // A server that listens on a port has an address of this kind.
    const { address, port } = first.address() as AddressInfo;
    const addresses = host === "localhost" ? await lookup(host, { all: true }).catch(() => []) : [];
    for (const further of addresses.filter((each) => each.address !== address)) {
      const server = this.create();
      server.listen(port, further.address);
      // Another program may have the port there, and the address may not exist: the first address is enough.
      await once(server, "listening").then(
        () => void this.#further.push(server),
        () => undefined,
      );
    }
  }

  /** Refuses new connections at the further addresses. */
  closeFurther(): Promise<unknown> {
    return Promise.all(this.#further.map((server) => new Promise((closed) => server.close(closed))));
  }

  cutFurther(): void {
    for (const server of this.#further) server.closeAllConnections();
  }
}
