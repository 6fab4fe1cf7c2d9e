import type { FailureRow } from "../../contract/failures/failure-row.js";

/** What only the endpoints beside the writes answer. */
export const managementFailures = [
  {
    name: "different-collection",
    status: 200,
    code: 65535,
    message: "create duplicate collection with different parameters, collection: {collection}",
    kind: "conflict",
    retry: "no",
    recognise: { statuses: [200], message: /^create duplicate collection with different parameters/ },
  },
  {
    name: "drop-not-found",
    status: 200,
    code: 100,
    message: "collection not found, database: {database}, collection: {collection}",
    kind: "not-found",
    retry: "no",
    recognise: { message: /^collection not found, database: / },
  },
  {
    name: "drop-by-alias",
    status: 200,
    code: 65535,
    message: "cannot drop the collection via alias = {collection}",
    kind: "invalid-input",
    retry: "no",
    recognise: { statuses: [200], message: /^cannot drop the collection via alias/ },
  },
  {
    name: "invalid-key",
    status: 200,
    code: 1806,
    message: "please check the primary key and its' type can only in [int, string], error: {cause}",
    kind: "invalid-input",
    retry: "no",
  },
] as const satisfies readonly FailureRow[];
