import { z } from "zod";
import { findBodyFault, toBodyViolation } from "../../../contract/failures/body-refusal.js";
import type { ShapeRefusal } from "../../../contract/check.js";
import type { Limit } from "../../../contract/contract.js";
import { defineContract } from "../../../contract/define-contract.js";
import { countIn } from "../../../contract/limits.js";
import type { ContractReply } from "../../../contract/message.js";
import { isJsonObject } from "../../../json/value.js";
import { basePath, editChecks, insertRowsLimits, readChecks, sizeCheck, redivisSource } from "../contract.js";
import { redivisDialect, editScope } from "../dialect.js";
import { redivisFailures } from "../failures.js";
import { newUpload } from "../upload/upload.js";

const tablePath = `${basePath}/tables/{tableReference}` as const;
const uploadsPath = `${tablePath}/uploads` as const;
const uploadPath = `${uploadsPath}/{uploadName}` as const;

const uploadResource = z.object({
  uri: z.string(),
  name: z.string(),
  status: z.string(),
  numRows: z.number().nullish(),
});
const tableResource = z.object({ uri: z.string(), name: z.string(), numRows: z.number().nullish() });

function hasNoError({ status, body }: ContractReply): boolean {
  return status < 300 && !(isJsonObject(body) && "error" in body);
}

const resourceContract = {
  source: redivisSource,
  dialect: redivisDialect,
  succeeded: hasNoError,
  idempotent: true,
  failures: redivisFailures,
} as const;
const readContract = { ...resourceContract, body: z.unknown(), status: 200, limits: [], checks: readChecks } as const;

/** A limit of the embedded service; no document states one. */
const variableLimit = {
  name: "variables",
  setting: "MAX_VARIABLES",
  max: 10_000,
  unit: "fields",
  description: "variables of a new upload",
  measure: countIn("schema"),
} as const satisfies Limit;

const refuseUploadShape: ShapeRefusal<"invalid-request"> = (issues) => {
  const fault = findBodyFault(issues);
  if (fault.path === "")
    return redivisFailures.refuse("invalid-request", { problem: "The body must be a JSON object." });
  return redivisFailures.refuse("invalid-request", { problem: `\`${fault.path}\`: ${fault.message}.` }, [
    toBodyViolation(fault, fault.message),
  ]);
};

export const createUploadContract = defineContract({
  ...resourceContract,
  name: "createUpload",
  summary: "Creates an upload on an unreleased version of a table.",
  method: "POST",
  path: uploadsPath,
  body: newUpload,
  reply: uploadResource,
  status: 201,
  requiredScope: editScope,
  limits: [...insertRowsLimits, variableLimit],
  checks: [
    ...editChecks,
    sizeCheck,
    // Runs before the shape check, which would report a fault for each of a million variables.
    { check: "limit", limit: "variables", failure: "too-many-variables" },
    { check: "body", syntaxFailure: "invalid-request", refuseShape: refuseUploadShape },
  ],
});

export const getUploadContract = defineContract({
  ...readContract,
  name: "getUpload",
  summary: "Describes an upload.",
  method: "GET",
  path: uploadPath,
  reply: uploadResource,
});

export const headUploadContract = defineContract({
  ...readContract,
  name: "headUpload",
  summary: "Answers whether an upload exists.",
  method: "HEAD",
  path: uploadPath,
  reply: z.unknown(),
});

export const deleteUploadContract = defineContract({
  ...readContract,
  name: "deleteUpload",
  summary: "Deletes an upload with its rows.",
  method: "DELETE",
  path: uploadPath,
  reply: z.unknown(),
  requiredScope: editScope,
  checks: editChecks,
});

export const listUploadsContract = defineContract({
  ...readContract,
  name: "listUploads",
  summary:
    "Answers the uploads of a table in order of creation, page by page: `maxResults` at a time, the next with `pageToken`.",
  method: "GET",
  path: uploadsPath,
  reply: z.object({ results: z.array(uploadResource), nextPageToken: z.string().nullable() }),
});

export const getTableContract = defineContract({
  ...readContract,
  name: "getTable",
  summary: "Describes a table.",
  method: "GET",
  path: tablePath,
  reply: tableResource,
});

export const headTableContract = defineContract({
  ...readContract,
  name: "headTable",
  summary: "Answers whether a table exists.",
  method: "HEAD",
  path: tablePath,
  reply: z.unknown(),
});

export const resourceContracts = [
  createUploadContract,
  getUploadContract,
  headUploadContract,
  deleteUploadContract,
  listUploadsContract,
  getTableContract,
  headTableContract,
] as const;
