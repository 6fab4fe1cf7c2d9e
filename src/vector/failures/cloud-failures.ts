import { documentedBy, type RowDeclaration, type SourcedRow } from "../../contract/failures/failure-row.js";

const refusedByCloud = { status: 200, kind: "invalid-input" } as const;

/** Failures that Zilliz Cloud answers itself, before a Milvus server sees the call. */
export const cloudFailures = documentedBy("Zilliz Cloud documentation, error codes of the RESTful API", [
  { ...refusedByCloud, name: "cloud-incorrect-parameter", code: 80000, message: "Incorrect parameter: {parameter}" },
  { name: "token-illegal", status: 200, code: 80001, message: "The token is illegal", kind: "unauthenticated" },
  { name: "token-invalid", status: 200, code: 80002, message: "The token is invalid", kind: "unauthenticated" },
  {
    name: "cluster-not-found",
    status: 200,
    code: 80020,
    message: "Cluster not exist or you don't have permission.",
    kind: "not-found",
  },
  {
    ...refusedByCloud,
    name: "cluster-unsupported",
    code: 80022,
    message: "Dedicated cluster not support this operation.",
  },
  { ...refusedByCloud, name: "invalid-domain", code: 90117, message: "Invalid domain." },
  {
    name: "cloud-collection-not-found",
    status: 200,
    code: 90001,
    message:
      "The collection {collection} does not exist. You can use ListCollections to view the list of existing collections.",
    kind: "not-found",
  },
  {
    ...refusedByCloud,
    name: "cloud-invalid-data",
    code: 90007,
    otherCodes: [90009, 90010, 90011, 90100, 90107, 90108, 90115, 90139, 90149],
    message: "The data does not match the schema of the collection.",
  },
  {
    name: "cluster-not-in-region",
    status: 200,
    code: 90102,
    message: "The cluster is not in the region.",
    kind: "not-found",
  },
  { ...refusedByCloud, name: "cluster-id-empty", code: 90103, message: "The clusterId is empty." },
  {
    ...refusedByCloud,
    name: "cloud-invalid-body",
    code: 90118,
    otherCodes: [90119, 90120, 90121, 90126, 90131, 94148, 90148, 90150, 90151, 90152],
    message: "The request body is not valid.",
  },
  {
    name: "cluster-state",
    status: 200,
    code: 40003,
    otherCodes: [40021, 40022],
    message: "The cluster is not running.",
    kind: "unavailable",
    outcome: "not-applied",
  },
  { name: "control-plane", status: 200, code: 96000, message: "Control plane error.", kind: "internal" },
]);

/** Replies that are not in the form of the API. */
export const formlessFailures = [
  {
    ...refusedByCloud,
    name: "bad-request",
    status: 400,
    message: "400 Bad Request: {problem}",
    recognise: { message: /^400 Bad Request/, text: true },
    plainText: true,
    source: "The HTTP server of Go: net/http/server.go",
  },
  {
    name: "unreadable-answer",
    status: 200,
    message: "the answer does not have the form of the contract",
    kind: "unavailable",
    retry: "only-if-idempotent",
    plainText: true,
    source: "Recordgate: the client reads it from a malformed reply; no server writes it",
  },
] as const satisfies readonly SourcedRow<RowDeclaration>[];
