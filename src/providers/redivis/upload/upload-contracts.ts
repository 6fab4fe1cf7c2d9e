import { z } from "zod";
import { findBodyFault, toBodyViolation } from "../../../contract/failures/body-refusal.js";
import type { ShapeRefusal } from "../../../contract/check.js";
import type { Limit } from "../../../contract/contract.js";
import { defineContract } from "../../../contract/define-contract.js";
import { countIn } from "../../../contract/limits.js";
import { editChecks, insertRowsLimits, sizeCheck } from "../contract.js";
import { editScope } from "../dialect.js";
import { redivisFailures } from "../failures.js";
import { bodilessContract, resourceContract, tablePath } from "../resource-contract.js";
import { newUpload } from "./upload.js";

const uploadsPath = `${tablePath}/uploads` as const;
const uploadPath = `${uploadsPath}/{uploadName}` as const;

const uploadResource = z.object({
  uri: z.string(),
  name: z.string(),
  status: z.string(),
  numRows: z.number().nullish(),
});

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
  keyOperation: "manage",
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
  ...bodilessContract,
  name: "getUpload",
  keyOperation: "read",
  summary: "Describes an upload.",
  method: "GET",
  path: uploadPath,
  reply: uploadResource,
});

export const headUploadContract = defineContract({
  ...bodilessContract,
  name: "headUpload",
  keyOperation: "read",
  summary: "Answers whether an upload exists.",
  method: "HEAD",
  path: uploadPath,
  reply: z.unknown(),
});

export const deleteUploadContract = defineContract({
  ...bodilessContract,
  name: "deleteUpload",
  keyOperation: "manage",
  summary: "Deletes an upload with its rows.",
  method: "DELETE",
  path: uploadPath,
  reply: z.unknown(),
  requiredScope: editScope,
  checks: editChecks,
});

export const listUploadsContract = defineContract({
  ...bodilessContract,
  name: "listUploads",
  keyOperation: "read",
  summary:
    "Answers the uploads of a table in order of creation, page by page: `maxResults` at a time, the next with `pageToken`.",
  method: "GET",
  path: uploadsPath,
  reply: z.object({ results: z.array(uploadResource), nextPageToken: z.string().nullable() }),
});

export const uploadContracts = [
  createUploadContract,
  getUploadContract,
  headUploadContract,
  deleteUploadContract,
  listUploadsContract,
] as const;
