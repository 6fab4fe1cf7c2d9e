import type { Contest } from "./contest.js";
import { barePostgres } from "./contenders/bare-postgres.js";
import { recordgateOnPostgres } from "./contenders/recordgate.js";
import { recordgateRemote, remoteReference } from "./contenders/remote.js";
import type { RowName } from "./targets.js";

const inserts = {
  measure: "requests",
  ours: recordgateOnPostgres("insert"),
  reference: barePostgres("insert"),
} as const;

const restInserts = {
  measure: "requests",
  ours: recordgateOnPostgres("restInsert"),
  reference: barePostgres("restInsert"),
} as const;

const remoteInserts = {
  measure: "requests",
  connections: 16,
  ours: recordgateRemote,
  reference: remoteReference("forwarding-server.ts", "insert"),
} as const;

/** In the order of the table. */
export const contests = {
  "embedded-1": { ...inserts, rows: 1, connections: 64 },
  "embedded-1c": { ...inserts, measure: "latency", rows: 1, connections: 1 },
  "embedded-1000": { ...inserts, rows: 1000, connections: 4 },
  "embedded-5000": { ...inserts, rows: 5000, connections: 4 },
  "rest-1": { ...restInserts, rows: 1, connections: 64 },
  "rest-1000": { ...restInserts, rows: 1000, connections: 4 },
  "remote-limit-1": { ...remoteInserts, rows: 1 },
  "remote-limit-1000": { ...remoteInserts, rows: 1000 },
} as const satisfies Record<RowName, Contest>;
