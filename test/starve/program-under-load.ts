import { request as httpRequest } from "node:http";
import { readFileSync } from "node:fs";

/** A GraphQL request in one of the ways of the table. */
export interface Attack {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** So many clients send it at once. */
  readonly times?: number;
  /** The client disconnects after so many milliseconds. */
  readonly leavesAfterMs?: number;
  /** The limit that refuses it; absent: it is answered with data. */
  readonly refusedBy?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Sends on a connection of its own, like another client. `undefined` when the client left before its answer. */
export function send(
  url: string,
  options: { readonly body?: string; readonly leavesAfterMs?: number } = {},
): Promise<Answer | undefined> {
  const { body, leavesAfterMs } = options;
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body ?? "") };
    const sent = httpRequest(
      url,
      { method: body === undefined ? "GET" : "POST", agent: false, headers },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
        response.on("error", reject);
      },
    );
    sent.on("error", (error) => (leavesAfterMs === undefined ? reject(error) : resolve(undefined)));
    if (leavesAfterMs !== undefined) setTimeout(() => sent.destroy(), leavesAfterMs);
    sent.end(body);
  });
}

/** Repeats a small request until it is stopped, and answers the longest wait for an answer, in milliseconds. */
export function poll(ask: () => Promise<unknown>): () => Promise<number> {
  const stop = new AbortController();
  let worst = 0;
  const running = (async () => {
    while (!stop.signal.aborted) {
      const startedAt = performance.now();
      await ask();
      worst = Math.max(worst, performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  return async () => {
    stop.abort();
    await running;
    return worst;
  };
}

/** The largest memory that the process has had, in megabytes; undefined where the system does not tell. */
export function readPeakMemory(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
}
