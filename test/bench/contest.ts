import type { Load } from "./load/load.js";
import type { WorkName } from "./load/works.js";
import type { Cluster } from "./servers/cluster.js";

/** One of the two servers of a row, running. */
export interface RunningServer {
  /** Where requests go, without a path. */
  readonly origin: string;
  readonly pid: number;
  /** The records that are stored now; absent: the server is a mock that stores nothing. */
  readonly countRecords?: () => Promise<number>;
  /** Makes the same start for each round. */
  readonly beforeRound?: () => Promise<void>;
  /** Does the work in the server process itself, without requests. */
  readonly sendAlone?: Load["send"];
  readonly close: () => Promise<void>;
}

/** What servers are opened with; the PostgreSQL server starts when it is first asked for. */
export interface Stage {
  readonly cluster: () => Promise<Cluster>;
  readonly load: Load;
}

export interface Contender {
  readonly work: WorkName;
  /** It needs the packages of `test/bench/peers`. */
  readonly isPeer?: boolean;
  readonly open: (stage: Stage) => Promise<RunningServer>;
}

/** A row that compares two servers under the same load. */
export interface Contest {
  /** What is compared: throughput, or the median time of a response. */
  readonly measure: "requests" | "latency";
  /** Records a request. */
  readonly rows: number;
  readonly connections: number;
  /** Number of different keys, spread over all connections. */
  readonly keys?: number;
  readonly ours: Contender;
  readonly reference: Contender;
}

/** How long a run takes. */
export interface Effort {
  readonly rounds: number;
  readonly warmUpMs: number;
  /** A warm-up goes on to so many requests, at most for four times its time: then all of their code is compiled. */
  readonly warmUpRequests: number;
  readonly roundMs: number;
  /** Rows of the largest body. */
  readonly largestRows: number;
}

export const fullEffort: Effort = {
  rounds: 5,
  warmUpMs: 4000,
  warmUpRequests: 40_000,
  roundMs: 4000,
  largestRows: 850_000,
};
export const quickEffort: Effort = { rounds: 2, warmUpMs: 100, warmUpRequests: 0, roundMs: 200, largestRows: 20_000 };

/** A server did something else than the work: a figure of it would say nothing. */
export class WrongResultError extends Error {
  override readonly name = "WrongResultError";
}
