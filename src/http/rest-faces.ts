import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import { faultHeader } from "../contract/server/faults.js";
import { createCancellationError } from "../contract/cancellation/cancellation.js";
import { RequestScope } from "../core/request-scope.js";
import { TransportError, type ContractReply, type ReceivedBody, type Transport } from "../contract/message.js";
import { findMount, type Mount } from "../contract/server/mounts.js";
import type { EarlyRefusal } from "../contract/server/router.js";
import { violationsHeader, writeViolations } from "../contract/violations-header.js";
import { toContractRequest } from "./contract-request.js";
import { watchDisconnect } from "./client-disconnect.js";
import { toResponseText } from "./early-reply.js";
import { withoutCrossOrigin } from "./front/cross-origin.js";
import { readTarget, type Target } from "./front/target.js";
import type { BodyBudget } from "./load/body-budget.js";
import type { RequestReads } from "./load/request-reads.js";
import { receiveBody } from "./load/received-body.js";

/** A provider's contracts in the form of the real service. */
export interface RestFace {
  readonly transport: Transport;
  /** The reply, in the face's dialect, to a request that cannot be read or that the server does not accept. */
  readonly answerUnreadable: (refusal: EarlyRefusal) => ContractReply;
  /** The reply to a request for which the server has no room. */
  readonly answerOverload: () => ContractReply;
  /** Whether the contracts themselves answer the preflights of browsers. */
  readonly answersPreflights: boolean;
  /** Larger bodies are discarded. */
  readonly maxBodyBytes: number;
}

export interface RestFacesOptions {
  readonly mounts: readonly Mount[];
  /** The faces by provider id. */
  readonly faces: ReadonlyMap<string, RestFace>;
  /** Whether the fault header has an effect. */
  readonly faults: boolean;
}

interface Surroundings {
  readonly budget: BodyBudget;
  readonly reads: RequestReads;
  /** The requests whose answers no other origin may read. */
  readonly hidden: WeakSet<IncomingMessage>;
}

interface FaceRequest {
  readonly face: RestFace;
  readonly target: Target;
}

/** The last request of a connection. */
interface LatestRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly face: RestFace | undefined;
}

/** Serves the providers' paths without routes, parsers and errors of the framework. */
export class RestFaces {
  readonly #options: RestFacesOptions & Surroundings;
  readonly #latest = new WeakMap<Duplex, LatestRequest>();

  constructor(options: RestFacesOptions & Surroundings) {
    this.#options = options;
  }

  faceAt(path: string): RestFace | undefined {
    return this.#find(path)?.face;
  }

  serve(server: FastifyInstance): void {
    server.addHook("onRequest", ({ raw }, reply, done) => {
      const found = this.#find(raw.url);
      this.#latest.set(raw.socket, { request: raw, response: reply.raw, face: found?.face });
      if (found === undefined) {
        letContinue(raw, reply.raw);
        done();
      } else {
        // An answer ends the request: the framework does not go on.
        this.#answer(found, raw, reply).catch((error: unknown) => done(error as Error));
      }
    });
  }

  /** Answers a URL that the framework cannot decode; false for a URL outside the providers' paths. */
  async answerBadUrl(request: IncomingMessage, reply: FastifyReply): Promise<boolean> {
    const found = this.#find(request.url);
    if (found !== undefined) await this.#answer(found, request, reply);
    return found !== undefined;
  }

  /**
   * The reply to bytes that are not an HTTP request, in the dialect of the provider that they address; undefined if
   * they do not address one.
   */
  refuse(problem: string, from: { readonly socket: Duplex; readonly firstLine: string }): ContractReply | undefined {
    const [, url] = /^\S+ (\S+)/.exec(from.firstLine) ?? [];
    const face = url === undefined ? this.#latest.get(from.socket)?.face : this.#find(url)?.face;
    return face?.answerUnreadable({ problem });
  }

  /** Waits for the answer to the previous request of the connection, if that request was complete. */
  async answered(socket: Duplex): Promise<void> {
    const { request, response } = this.#latest.get(socket) ?? {};
    if (request?.complete && response?.writableFinished === false && !response.destroyed) await once(response, "close");
  }

  #find(url: string | undefined): FaceRequest | undefined {
    const target = readTarget(url);
    const found = findMount(this.#options.mounts, target.path);
    const face = found && this.#options.faces.get(found.mount.provider);
    return face && { face, target: { ...target, path: found.path } };
  }

  async #answer({ face, target }: FaceRequest, raw: IncomingMessage, reply: FastifyReply): Promise<void> {
    const request = toContractRequest(raw, target);
    const fault = this.#options.faults ? request.headers[faultHeader] : undefined;
    const { budget, reads, hidden } = this.#options;
    const receive = (): Promise<ReceivedBody> => {
      letContinue(raw, reply.raw);
      return receiveBody(raw, {
        openShare: (discard) => budget.open(reply.raw, discard),
        maxBytes: face.maxBodyBytes,
      });
    };
    /** A disconnect of the client does not stop a write in flight; a write that has not begun does not begin. */
    const scope = new RequestScope(reads.open("rest", reply.raw));
    watchDisconnect(reply.raw, scope);
    const begin = (): void => {
      if (scope.hasLeft) throw createCancellationError("left", false);
      scope.beginCall();
    };
    try {
      const pending = { body: { kind: "pending", receive }, scope, fault, begin, ...request } as const;
      const answer = await face.transport(pending);
      sendReply(reply, hidden.has(raw) ? { ...answer, headers: withoutCrossOrigin(answer.headers) } : answer);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      reply.hijack();
      raw.socket.destroy();
    }
  }
}

/** Answers `Expect: 100-continue`. */
function letContinue({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.expect?.toLowerCase() === "100-continue") response.writeContinue();
}

function sendReply(reply: FastifyReply, { status, headers, body, violations }: ContractReply): void {
  void reply.code(status).headers(headers);
  if (violations !== undefined) void reply.header(violationsHeader, writeViolations(violations));
  // As bytes: the framework adds a charset to the content type of a text.
  void reply.send(Buffer.from(toResponseText(body) ?? ""));
}
