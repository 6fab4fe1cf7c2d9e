import { defineFailures, type FailureTable, type ServiceFailureForms } from "../../contract/failures/failure-table.js";
import type { FailureRow, RefusalBy } from "../../contract/failures/failure-row.js";
import { cloudFailures, formlessFailures } from "./cloud-failures.js";
import { managementFailures } from "./management-failures.js";
import { serverFailures } from "./server-failures.js";

/**
 * The versions of the interface differ in the messages for a missing parameter and for an unknown database, and in the
 * status of a call whose time is over.
 */
const missing = { name: "missing-parameters", status: 200, code: 1802, kind: "invalid-input" } as const;
const unknownDatabase = { name: "database-not-found", status: 200, code: 800, kind: "not-found" } as const;

const lateCall = {
  name: "deadline-exceeded",
  code: 10001,
  message: "request timeout",
  kind: "timeout",
  retry: "only-if-idempotent",
} as const;

const vectorServiceFailures = {
  internal: {
    status: 200,
    code: 5,
    otherCodes: [1000, 1001, 1002, 1003, 10000, 65535],
    message: "service internal error",
    retry: "no",
    codePattern: /^/,
    recognise: { statuses: [200] },
  },
  unavailable: { status: 200, code: 2, otherCodes: [12], message: "service unavailable" },
  interrupted: {
    status: 500,
    message: "the server failed before it could answer",
    plainText: true,
    recognise: { message: /^the server failed before/, text: true },
    source: "Recordgate: the servers drop the connection",
  },
  unknownPath: {
    status: 404,
    message: "404 page not found",
    plainText: true,
    recognise: { message: /^404 page not found/, text: true },
    source: "The router of the server: gin-gonic/gin, gin.go",
  },
} as const satisfies ServiceFailureForms;

const sharedRows = [...managementFailures, ...serverFailures, ...cloudFailures, ...formlessFailures] as const;
const usual = {
  source: "milvus-io/milvus: pkg/util/merr and internal/distributed/proxy/httpserver, branches 2.3 to 3.0",
  serviceFailures: vectorServiceFailures,
  malformed: "bad-request",
  unstorable: "invalid-data",
  tooLarge: "request-too-large",
  answerTooLarge: "invalid-values",
} as const;

/** The failures of the first version of the interface. */
export const vectorFailures = defineFailures({
  ...usual,
  rows: [
    { ...lateCall, status: 200 },
    ...sharedRows,
    { ...unknownDatabase, message: "database not found, database: {database}" },
    { ...missing, message: "missing required parameters, required parameters: [{required}]" },
  ],
});

/** The failures of the second version. */
export const vectorFailuresV2 = defineFailures({
  ...usual,
  rows: [
    {
      ...lateCall,
      status: 408,
      source: "milvus-io/milvus: internal/distributed/proxy/httpserver/timeout_middleware.go, master branch",
    },
    ...sharedRows,
    { ...unknownDatabase, message: "database not found[database={database}]" },
    { ...missing, message: "missing required parameters, error: {problem}" },
  ],
});

/**
 * The failures of an endpoint that takes a definition instead of rows: a value that cannot be stored is an invalid
 * parameter.
 */
export function ofDefinitions<Row extends FailureRow>(failures: FailureTable<Row>): FailureTable<Row> {
  return { ...failures, serviceFailures: { ...failures.serviceFailures, unstorable: "invalid-values" } };
}

export type VectorRow = (typeof vectorFailures | typeof vectorFailuresV2)["rows"][number];

/** 1100 for a parameter fault without a row of its own. */
export function refuseParameter({
  field,
  rule,
  cause,
}: {
  readonly field: string;
  readonly rule: string;
  readonly cause: string;
}): RefusalBy<"invalid-values"> {
  return vectorFailures.refuse("invalid-values", { cause }, [{ field, rule, message: cause }]);
}
