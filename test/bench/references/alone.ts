import pg from "pg";
import { createBodies, type LoadRequest, type LoadResult } from "../load/load.js";
import type { GraphqlBody } from "./book-server.js";
import { toStatement } from "./book-statement.js";
import { announcePort } from "./announce.js";

// No server: parses the bodies of the load and stores them, one after the other, when the parent asks for it.
const client = new pg.Client(process.env["DATABASE_URL"]);
await client.connect();

/** Made once, so that the CPU time of a round is that of the work. */
const bodiesOf = new Map<number, readonly Buffer[]>();

async function storeAlone(request: LoadRequest): Promise<LoadResult> {
  const bodies = bodiesOf.get(request.rows) ?? createBodies(request, 0);
  bodiesOf.set(request.rows, bodies);
  const latencies: number[] = [];
  for (let sent = 0; sent < request.amount; sent += 1) {
    const body = bodies[sent % bodies.length] ?? Buffer.alloc(0);
    const startedAt = performance.now();
    // The bodies are those of a GraphQL work.
    const { variables } = JSON.parse(body.toString()) as GraphqlBody;
    await client.query(toStatement(variables.input.records));
    latencies.push(performance.now() - startedAt);
  }
  return { seconds: latencies.reduce((sum, ms) => sum + ms, 0) / 1000, latencies };
}

// The parent sends nothing else.
process.on("message", (request: LoadRequest) => {
  void storeAlone(request).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ seconds: 0, latencies: [], fault: String(error) } satisfies LoadResult),
  );
});
announcePort(0);
