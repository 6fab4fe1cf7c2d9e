import { documentedBy } from "../../contract/failures/failure-row.js";

/** Failures of the endpoints beside the writes. */
export const managementFailures = documentedBy(
  "milvus-io/milvus: internal/distributed/proxy/httpserver and internal/rootcoord",
  [
    {
      name: "different-collection",
      status: 200,
      code: 65535,
      message: "create duplicate collection with different parameters, collection: {collection}",
      kind: "conflict",
      recognise: { statuses: [200], message: /^create duplicate collection with different parameters/ },
    },
    {
      name: "drop-not-found",
      status: 200,
      code: 100,
      message: "collection not found, database: {database}, collection: {collection}",
      kind: "not-found",
      recognise: { message: /^collection not found, database: / },
    },
    {
      name: "drop-by-alias",
      status: 200,
      code: 65535,
      message: "cannot drop the collection via alias = {collection}",
      kind: "invalid-input",
      recognise: { statuses: [200], message: /^cannot drop the collection via alias/ },
    },
    {
      name: "invalid-key",
      status: 200,
      code: 1806,
      message: "please check the primary key and its' type can only in [int, string], error: {cause}",
      kind: "invalid-input",
    },
  ],
);
