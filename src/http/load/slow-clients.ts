import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Socket } from "node:net";

/** The bounds, in turns of the watch. */
export interface Patience {
  /** The time between two turns, in milliseconds. */
  readonly turnMs: number;
  /** For the head of a request. */
  readonly headTurns: number;
  /** Without a byte of a body. */
  readonly idleTurns: number;
  /** For a whole body or a whole answer, besides one turn for every `bytesPerTurn`. */
  readonly transferTurns: number;
  readonly bytesPerTurn: number;
  /** Between two requests of a connection, in milliseconds. */
  readonly keepAliveMs: number;
}

export const usualPatience: Patience = {
  turnMs: 1000,
  headTurns: 15,
  idleTurns: 30,
  transferTurns: 120,
  bytesPerTurn: 16_384,
  // Longer than the 60 s after which load balancers close an idle connection, so that this server never closes one
  // that just got a request.
  keepAliveMs: 65_000,
};

/** A connection between two turns. */
interface Watched {
  /** The bytes that had arrived at the last turn, and at the start of the phase. */
  bytesSeen: number;
  bytesAtStart: number;
  turns: number;
  idleTurns: number;
  phase: Phase;
  request?: IncomingMessage;
  response?: ServerResponse;
}

/**
 * `head` waits for the rest of a head, `body` for the rest of a body, `answer` for the client to take its answer;
 * `ours` is the time in which the client waits for the server, and `quiet` that between two requests.
 */
type Phase = "head" | "body" | "answer" | "ours" | "quiet";

interface SlowClientsOptions extends Patience {
  /** Bodies beyond this size are given no further time; beyond twice this size they are no longer read. */
  readonly maxBodyBytes: number;
  /** Answers a client that is too slow, and closes its connection. */
  readonly refuse: (socket: Duplex, problem: string) => void;
}

/**
 * Closes the connections of clients that send or read too slowly. Node's own time-outs measure the clock, so they also
 * cut clients whose bytes wait in the kernel while the process is busy. The watch counts its own turns instead: between
 * two turns the event loop has read what had arrived, and a turn counts only while the server does read.
 */
export class SlowClients {
  readonly #options: SlowClientsOptions;
  readonly #watched = new Map<Socket, Watched>();

  constructor(options: SlowClientsOptions) {
    this.#options = options;
  }

  watch(server: Server): void {
    server.keepAliveTimeout = this.#options.keepAliveMs;
    server.on("connection", (socket: Socket) => {
      this.#watched.set(socket, { bytesSeen: 0, bytesAtStart: 0, turns: 0, idleTurns: 0, phase: "head" });
      socket.once("close", () => this.#watched.delete(socket));
    });
    server.on("timeout", destroyUnlessRead);
    const timer = setInterval(() => this.#turn(), this.#options.turnMs).unref();
    server.once("close", () => clearInterval(timer));
  }

  /** The head of a request has arrived. */
  note(request: IncomingMessage, response: ServerResponse): void {
    const watched = this.#watched.get(request.socket);
    if (watched === undefined) return;
    const { bytesRead } = request.socket;
    const fresh = { phase: "ours", turns: 0, idleTurns: 0, bytesSeen: bytesRead, bytesAtStart: bytesRead } as const;
    Object.assign(watched, { ...fresh, request, response });
  }

  /** Closes the connections on which nothing was ever sent: browsers keep some, which Node takes for busy ones. */
  closeUnused(): void {
    for (const [socket, { request }] of this.#watched)
      if (request === undefined && socket.bytesRead === 0) socket.destroy();
  }

  #turn(): void {
    for (const [socket, watched] of this.#watched) {
      const problem = this.#judge(socket, watched);
      if (problem === undefined) continue;
      this.#watched.delete(socket);
      // A second answer to a request would be read as that of the next one.
      if (watched.phase !== "head" && watched.response?.headersSent) socket.destroy();
      else this.#options.refuse(socket, problem);
    }
  }

  #judge(socket: Socket, watched: Watched): string | undefined {
    const { bytesRead } = socket;
    const phase = phaseOf(socket, watched);
    if (phase !== watched.phase) {
      Object.assign(watched, { phase, turns: 0, idleTurns: 0, bytesAtStart: bytesRead });
    } else if (!isPaused(watched)) {
      watched.turns += 1;
      watched.idleTurns = bytesRead > watched.bytesSeen ? 0 : watched.idleTurns + 1;
    }
    watched.bytesSeen = bytesRead;
    return this.#problemOf(socket, watched);
  }

  #problemOf(socket: Socket, { phase, turns, idleTurns, bytesSeen, bytesAtStart }: Watched): string | undefined {
    const { headTurns, idleTurns: maxIdleTurns, transferTurns, bytesPerTurn, maxBodyBytes, turnMs } = this.#options;
    const seconds = (count: number): string => `${(count * turnMs) / 1000} s`;
    const allowed = (bytes: number): number => transferTurns + Math.min(bytes, maxBodyBytes) / bytesPerTurn;
    if (phase === "head" && turns >= headTurns) return `its head has not arrived within ${seconds(headTurns)}`;
    if (phase === "body" && idleTurns >= maxIdleTurns) return `no byte has arrived for ${seconds(maxIdleTurns)}`;
    if (phase === "body" && bytesSeen - bytesAtStart > 2 * maxBodyBytes) return "its body does not end";
    if (phase === "body" && turns >= allowed(bytesSeen - bytesAtStart)) return "its body arrives too slowly";
    if (phase === "answer" && turns >= allowed(socket.writableLength)) return "its answer is read too slowly";
    return undefined;
  }
}

function phaseOf({ bytesRead }: Socket, { request, response, bytesSeen, phase }: Watched): Phase {
  if (request === undefined || response === undefined) return "head";
  if (!request.complete) return "body";
  if (!response.writableEnded) return "ours";
  if (!response.writableFinished) return "answer";
  // The next head has begun.
  return (phase === "quiet" && bytesRead > bytesSeen) || phase === "head" ? "head" : "quiet";
}

/** The buffer of the request is full: the server does not take more bytes for now. */
function isPaused({ phase, request }: Watched): boolean {
  return phase === "body" && request !== undefined && request.readableLength >= request.readableHighWaterMark;
}

/** A kept-alive connection was quiet for its time, unless a request waits in the kernel. */
function destroyUnlessRead(socket: Socket): void {
  const { bytesRead } = socket;
  setImmediate(() => {
    if (socket.bytesRead === bytesRead) socket.destroy();
  });
}
