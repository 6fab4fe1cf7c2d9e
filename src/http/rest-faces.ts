import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply } from "fastify";
import { faultHeader } from "../contract/faults.js";
import { stringifyJson } from "../contract/json.js";
import { TransportError, type ContractReply, type ContractRequest, type Transport } from "../contract/message.js";
import { findMount, type Mount } from "../contract/mounts.js";
import { violationsHeader, writeViolations } from "../contract/violations-header.js";
import { readTarget, toContractRequest, type Target } from "./contract-request.js";
import { receiveBody } from "./received-body.js";

/** A provider's contracts as clients of the real service know them. */
export interface RestFace {
  readonly transport: Transport;
  /** Larger bodies are not kept. */
  readonly maxBodyBytes: number;
}

export interface RestFacesOptions {
  readonly mounts: readonly Mount[];
  /** By provider. */
  readonly faces: ReadonlyMap<string, RestFace>;
  /** Whether the fault header counts. */
  readonly faults: boolean;
}

interface Asked {
  readonly face: RestFace;
  readonly target: Target;
}

/** A write in flight outlives a client that goes away. */
const never = new AbortController().signal;

/** What stands under the providers' paths is answered by them alone: no route, no parser and no error of the framework comes in between. */
export class RestFaces {
  readonly #options: RestFacesOptions;
  /** Whom a connection spoke to last. */
  readonly #faceOfSocket = new WeakMap<Socket, RestFace>();

  constructor(options: RestFacesOptions) {
    this.#options = options;
  }

  serve(server: FastifyInstance): void {
    server.addHook("onRequest", async ({ raw }, reply) => {
      const asked = this.#find(raw.url);
      if (asked === undefined) return;
      await this.#answer(asked, raw, reply);
      return reply;
    });
  }

  /** Answers where the framework finds the URL itself wrong; false when it is not below any of our paths. */
  async answerBadUrl(request: IncomingMessage, reply: FastifyReply): Promise<boolean> {
    const asked = this.#find(request.url);
    if (asked !== undefined) await this.#answer(asked, request, reply);
    return asked !== undefined;
  }

  /** The reply to what is no HTTP request, in the dialect of whom it was meant for; undefined when that is nobody of us. */
  async refuse(problem: string, from: { readonly socket: Socket; readonly firstLine: string }): Promise<ContractReply | undefined> {
    const [, url] = /^\S+ (\S+)/.exec(from.firstLine) ?? [];
    const face = url === undefined ? this.#faceOfSocket.get(from.socket) : this.#find(url)?.face;
    return face?.transport({ method: "POST", path: "/", query: {}, headers: {}, body: undefined, problem }, never);
  }

  #find(url: string | undefined): Asked | undefined {
    const target = readTarget(url);
    const found = findMount(this.#options.mounts, target.path);
    const face = found && this.#options.faces.get(found.mount.provider);
    return face && { face, target: { ...target, path: found.path } };
  }

  async #answer({ face, target }: Asked, raw: IncomingMessage, reply: FastifyReply): Promise<void> {
    this.#faceOfSocket.set(raw.socket, face);
    const request = await this.#receive(face, target, raw);
    if (request === undefined) return void reply.hijack();
    try {
      sendReply(reply, await face.transport(request, never));
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      reply.hijack();
      raw.socket.destroy();
    }
  }

  /** Undefined when the client went away before it had sent all. */
  async #receive({ maxBodyBytes }: RestFace, target: Target, raw: IncomingMessage): Promise<ContractRequest | undefined> {
    const request = toContractRequest(raw, target);
    const fault = this.#options.faults ? request.headers[faultHeader] : undefined;
    try {
      return { ...request, ...(await receiveBody(raw, maxBodyBytes)), fault };
    } catch (error) {
      if (raw.destroyed) return undefined;
      throw error;
    }
  }
}

function sendReply(reply: FastifyReply, { status, headers, body, violations }: ContractReply): void {
  void reply.code(status).headers(headers);
  if (violations !== undefined) void reply.header(violationsHeader, writeViolations(violations));
  // As bytes, for the framework adds a charset to the type of a text.
  void reply.send(Buffer.from(toText(body) ?? ""));
}

export function toText(body: ContractReply["body"]): string | undefined {
  return typeof body === "string" || body === undefined ? body : stringifyJson(body);
}
