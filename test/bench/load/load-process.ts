import { isJsonObject } from "../../../src/json/value.js";
import { loadClient } from "../../peers/load.js";
import { createBodies, type LoadRequest, type LoadResult } from "./load.js";
import { works } from "./works.js";

/** The part of autocannon that is used here. */
interface Request {
  readonly method: "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly onResponse: (status: number, body: string) => void;
}
interface Cannon {
  on(event: "start", listen: () => void): void;
  on(event: "reqError", listen: (error: Error) => void): void;
  on(event: "response", listen: (client: unknown, status: number, bytes: number, ms: number) => void): void;
  stop(): void;
}
type Autocannon = (
  options: {
    readonly url: string;
    readonly connections: number;
    readonly amount: number;
    readonly timeout: number;
    readonly sampleInt: number;
    readonly setupClient: (client: { setRequests: (requests: readonly Request[]) => void }) => void;
  },
  done: (error: Error | null) => void,
) => Cannon;

const autocannon = loadClient<Autocannon>("autocannon");

/** Sends a fixed number of requests and reads every response to its end. */
function sendLoad(request: LoadRequest): Promise<LoadResult> {
  const { path, readCount } = works[request.work];
  const latencies: number[] = [];
  let fault: string | undefined;
  let startedAt = 0;
  let endedAt = 0;
  let connection = 0;
  let cannon: Cannon | undefined;

  const judge = (status: number, body: string): void => {
    endedAt = performance.now();
    const value: unknown = status === 200 ? JSON.parse(body) : undefined;
    const count = isJsonObject(value) ? readCount(value) : undefined;
    if (count === request.rows) return;
    fault ??= `${status} ${body.slice(0, 500)}`;
    cannon?.stop();
  };
  const toRequests = (bodies: readonly Buffer[]): readonly Request[] =>
    bodies.map((body) => ({
      method: "POST",
      path,
      headers: { "content-type": "application/json" },
      body,
      onResponse: judge,
    }));

  return new Promise((resolve, reject) => {
    cannon = autocannon(
      {
        url: request.origin,
        connections: request.connections,
        amount: request.amount,
        timeout: 120,
        sampleInt: 50,
        setupClient: (client) => client.setRequests(toRequests(createBodies(request, connection++))),
      },
      (error) => {
        if (error !== null) reject(error);
        else resolve({ seconds: (endedAt - startedAt) / 1000, latencies, ...(fault !== undefined && { fault }) });
      },
    );
    cannon.on("start", () => (startedAt = performance.now()));
    cannon.on("response", (_client, _status, _bytes, ms) => latencies.push(ms));
    cannon.on("reqError", (error) => {
      fault ??= error.message;
      cannon?.stop();
    });
  });
}

// The parent sends nothing else.
process.on("message", (request: LoadRequest) => {
  void sendLoad(request).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ seconds: 0, latencies: [], fault: String(error) } satisfies LoadResult),
  );
});
