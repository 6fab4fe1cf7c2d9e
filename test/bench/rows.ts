import type { Contender, Contest } from "./contest.js";
import { barePglite, postgresReference } from "./contenders/bare.js";
import { recordgateOnPglite, recordgateOnPostgres } from "./contenders/recordgate.js";
import { recordgateRemote, remoteReference } from "./contenders/remote.js";
import { postgraphileFunctions } from "./contenders/postgraphile-functions.js";
import type { Stock } from "./contenders/stock.js";
import type { WorkName } from "./load/works.js";
import { startReference } from "./servers/reference.js";
import type { RowName } from "./targets.js";

const bare = { file: "postgres-server.ts" } as const;

/** The table of the reference has a unique key in place of the index of keys. */
const uniqueKeys = {
  schema: `DROP INDEX record_collection_id_key_start_idx; CREATE UNIQUE INDEX ON record (collection_id, key);`,
};

const insert = {
  measure: "requests",
  ours: recordgateOnPostgres("insert"),
  reference: postgresReference({ ...bare, work: "insert" }),
} as const;

const restInsert = {
  measure: "requests",
  ours: recordgateOnPostgres("restInsert"),
  reference: postgresReference({ ...bare, work: "restInsert" }),
} as const;

const pgliteInsert = {
  measure: "requests",
  ours: recordgateOnPglite("insert"),
  reference: barePglite("insert"),
} as const;

const remoteInsert = {
  measure: "requests",
  connections: 16,
  ours: recordgateRemote,
  reference: remoteReference("forwarding-server.ts", "insert"),
} as const;

const prism: Contender = {
  work: "restInsert",
  open: () => startReference("prism.ts", {}),
  isPeer: true,
};

const hive: Contender = { ...remoteReference("hive-gateway.ts", "hiveInsert"), isPeer: true };

function postgraphile(work: WorkName): Contender {
  return {
    ...postgresReference({ file: "postgraphile-server.ts", work, schema: postgraphileFunctions }),
    isPeer: true,
  };
}

function storedKeys(work: WorkName, keys: number, reference: { file: string; alone?: boolean } = bare) {
  return {
    measure: "requests",
    keys,
    ours: recordgateOnPostgres(work, { keys }),
    reference: postgresReference({ ...reference, ...uniqueKeys, work, stock: { keys } }),
  } as const;
}

const upsert = storedKeys("upsert", 100_000);
const alone = { file: "alone.ts", alone: true };

/** The program over a full table, against itself over an empty one. */
function growth(work: "insert" | "upsert", place: "same" | "other"): Contest {
  const keys: Stock = work === "upsert" ? { keys: upsert.keys } : {};
  return {
    measure: "requests",
    rows: 1000,
    connections: 4,
    ...keys,
    ours: recordgateOnPostgres(work, { ...keys, further: { count: 2_000_000, place } }),
    reference: recordgateOnPostgres(work, work === "upsert" ? keys : undefined),
  };
}

export const contests = {
  "embedded-1": { ...insert, rows: 1, connections: 64 },
  "embedded-1c": { ...insert, measure: "latency", rows: 1, connections: 1 },
  "embedded-1000": { ...insert, rows: 1000, connections: 4 },
  "embedded-5000": { ...insert, rows: 5000, connections: 4 },
  "upsert-1": { ...upsert, rows: 1, connections: 16 },
  "upsert-1000": { ...upsert, rows: 1000, connections: 4 },
  "rest-1": { ...restInsert, rows: 1, connections: 64 },
  "rest-1000": { ...restInsert, rows: 1000, connections: 4 },
  "rest-peer": { ...restInsert, reference: prism, rows: 1, connections: 64 },
  "postgraphile-1": { ...insert, reference: postgraphile("createRecord"), rows: 1, connections: 64 },
  "postgraphile-1000-json": { ...insert, reference: postgraphile("insertJsonBooks"), rows: 1000, connections: 4 },
  "postgraphile-1000-typed": { ...insert, reference: postgraphile("insertTypedBooks"), rows: 1000, connections: 4 },
  "prisma-1000": {
    ...insert,
    reference: postgresReference({ file: "prisma-server.ts", work: "insert" }),
    rows: 1000,
    connections: 4,
  },
  "vectors-insert": {
    measure: "requests",
    ours: recordgateOnPostgres("insertVectors"),
    reference: postgresReference({ ...alone, work: "insertVectors" }),
    rows: 1000,
    connections: 1,
  },
  "vectors-upsert": { ...storedKeys("upsertVectors", 4000, alone), rows: 1000, connections: 1 },
  "pglite-1": { ...pgliteInsert, rows: 1, connections: 64 },
  "pglite-1000": { ...pgliteInsert, rows: 1000, connections: 4 },
  "remote-1": { ...remoteInsert, reference: hive, rows: 1 },
  "remote-1000": { ...remoteInsert, reference: hive, rows: 1000 },
  "remote-limit-1": { ...remoteInsert, rows: 1 },
  "remote-limit-1000": { ...remoteInsert, rows: 1000 },
  "growth-insert-same": growth("insert", "same"),
  "growth-insert-other": growth("insert", "other"),
  "growth-upsert-same": growth("upsert", "same"),
  "growth-upsert-other": growth("upsert", "other"),
} as const satisfies Partial<Record<RowName, Contest>>;
