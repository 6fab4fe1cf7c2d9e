import { type ChildProcess, fork, type Serializable } from "node:child_process";
import { once } from "node:events";
import { type WorkName, works } from "./works.js";

/** A type, not an interface: it is sent to a process. */
export type LoadRequest = {
  readonly origin: string;
  readonly work: WorkName;
  /** Records a request. */
  readonly rows: number;
  readonly connections: number;
  /** Requests of all connections together. */
  readonly amount: number;
  /** The keys of the records are spread over 1 to this number, and no two connections send the same key. */
  readonly keys: number;
};

export interface LoadResult {
  /** From the first byte sent to the last response. */
  readonly seconds: number;
  /** Of each response, in milliseconds. */
  readonly latencies: readonly number[];
  /** The first response that is not the expected one, after which the load ends. */
  readonly fault?: string;
}

/** A process of its own that sends requests. */
export interface Load {
  readonly send: (request: LoadRequest) => Promise<LoadResult>;
  readonly close: () => Promise<void>;
}

/** Bodies of one connection that are made before the first is sent, and then sent in turn. */
const maxBodies = 64;
const maxBytesOfBodies = 64_000_000;

export function createBodies(request: LoadRequest, connection: number): readonly Buffer[] {
  const { work, rows, connections, keys } = request;
  const { recordBytes, createRecords, toBody } = works[work];
  const fitting = Math.floor(Math.min(maxBytesOfBodies / (recordBytes * rows), keys / rows) / connections);
  const count = Math.max(1, Math.min(maxBodies, fitting));
  const distance = Math.floor(keys / (connections * count));
  return Array.from({ length: count }, (_, index) => {
    const first = 1 + (connection * count + index) * distance;
    return Buffer.from(JSON.stringify(toBody(createRecords(first, rows))));
  });
}

export async function openLoad(): Promise<Load> {
  const child = fork(new URL("load-process.ts", import.meta.url), { execArgv: ["--import", "tsx"] });
  await once(child, "spawn");
  return {
    // The process answers nothing else.
    send: async (request) => (await askProcess(child, request)) as LoadResult,
    close: async () => {
      if (child.exitCode !== null) return;
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
    },
  };
}

/** @param child a process that answers every message with one message */
export async function askProcess(child: ChildProcess, message: Serializable): Promise<unknown> {
  child.send(message);
  const ended = new AbortController();
  try {
    const answer = once(child, "message", { signal: ended.signal });
    const exit = once(child, "exit", { signal: ended.signal }).then(() => {
      throw new Error("the process that was asked has ended");
    });
    const messages: readonly unknown[] = await Promise.race([answer, exit]);
    return messages[0];
  } finally {
    ended.abort();
  }
}
