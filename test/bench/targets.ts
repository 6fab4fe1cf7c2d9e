/** What a row has to reach. */
export interface Target {
  /** The ratio of our figure to the reference that the row must reach; where there is no reference, our figure. */
  readonly must: number;
  readonly goal: number;
  /** Whether a ratio, or our figure where there is no reference, has to be at least (throughput) or at most (times, memory) its target. */
  readonly ratio: "at-least" | "at-most";
  readonly unit: "req/s" | "ms" | "MB";
}

const throughput = (must: number, goal: number): Target => ({ must, goal, ratio: "at-least", unit: "req/s" });
const time = (must: number, goal: number): Target => ({ must, goal, ratio: "at-most", unit: "ms" });

const memory = (must: number, goal: number): Target => ({ must, goal, ratio: "at-most", unit: "MB" });

/** In the order of the table. */
export const targets = {
  "embedded-1": throughput(0.6, 1),
  "embedded-1c": time(2, 1.4),
  "embedded-1000": throughput(0.85, 1),
  "embedded-5000": throughput(0.85, 1),
  "upsert-1": throughput(0.5, 0.8),
  "upsert-1000": throughput(0.6, 0.9),
  "rest-1": throughput(0.7, 1.1),
  "rest-1000": throughput(0.9, 1),
  "rest-peer": throughput(0.8, 1.2),
  "postgraphile-1": throughput(0.8, 1.1),
  "postgraphile-1000-json": throughput(0.9, 1.2),
  "postgraphile-1000-typed": throughput(2, 3),
  "prisma-1000": throughput(10, 15),
  "vectors-insert": throughput(0.5, 0.7),
  "vectors-upsert": throughput(0.5, 0.7),
  "pglite-1": throughput(0.5, 0.8),
  "pglite-1000": throughput(0.8, 0.95),
  "remote-1": throughput(2, 4),
  "remote-1000": throughput(1.1, 1.5),
  "remote-limit-1": throughput(0.4, 0.6),
  "remote-limit-1000": throughput(0.8, 0.95),
  "growth-insert-same": throughput(0.8, 0.95),
  "growth-insert-other": throughput(0.8, 0.95),
  "growth-upsert-same": throughput(0.8, 0.95),
  "growth-upsert-other": throughput(0.8, 0.95),
  "big-body-postgres-time": time(2, 1.3),
  "big-body-postgres-memory": memory(8, 4),
  "big-body-postgres-stall": time(1000, 250),
  "big-body-pglite-time": time(2, 1.3),
  "big-body-pglite-memory": memory(8, 4),
  "big-body-pglite-stall": time(1000, 250),
  "start-pglite": memory(400, 300),
  "start-postgres": memory(180, 130),
} as const satisfies Record<string, Target>;

export type RowName = keyof typeof targets;
