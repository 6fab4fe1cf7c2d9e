import type { RowDeclaration } from "../../contract/failures/failure-row.js";
import {
  dingtalkDenied,
  dingtalkInvalid,
  dingtalkNotFound,
  dingtalkNotReady,
  dingtalkUnsure,
  globalCodes,
} from "./failure-defaults.js";

const noSuchBase =
  "Fail to find the requested resource by the given baseId. Please make sure the given baseId is valid, and the operatorId has permission to access it.";

/** Failures of a document. A base can also be told to answer some of them. */
export const dingtalkDocumentRows = [
  {
    name: "document-initializing",
    status: 400,
    code: "invalidRequest.document.stillInitializing",
    message: "The document is under initialization. Please try again later",
    ...dingtalkNotReady,
  },
  {
    name: "document-broken",
    status: 400,
    code: "invalidRequest.document.broken",
    message: "The document is broken and the server is unable to complete your request.",
    kind: "resource-broken",
  },
  {
    name: "operation-illegal",
    status: 403,
    code: "forbidden.operationIllegal",
    message: "{problem}",
    ...dingtalkDenied,
  },
  {
    name: "document-type-illegal",
    status: 403,
    code: "invalidRequest.document.typeIllegal",
    message: "{problem}",
    ...dingtalkInvalid,
  },
  {
    name: "document-not-found",
    status: 404,
    code: "invalidRequest.document.notFound",
    message: noSuchBase,
    ...dingtalkNotFound,
  },
  {
    name: "resource-not-found",
    status: 404,
    code: "invalidRequest.resource.notFound",
    message: "{problem}",
    ...dingtalkNotFound,
  },
  {
    name: "unknown-error",
    status: 500,
    code: "unknownError",
    message: "Unknown Error",
    kind: "internal",
    ...dingtalkUnsure,
  },
  {
    name: "service-timeout",
    status: 504,
    code: "service.timeout",
    message: "The server is busy and unable to complete your request. Please try again later.",
    kind: "timeout",
    ...dingtalkUnsure,
  },
  {
    name: "data-not-ready",
    status: 400,
    code: "invalidRequest.dataNotReady",
    message: "The requested data is not available yet. Please try again later.",
    ...dingtalkNotReady,
    source: "DingTalk Open Platform, AI Table (Notable) v1, list records: error codes",
  },
  {
    name: "size-over-limit",
    status: 403,
    code: "forbidden.document.sizeOverLimit",
    message: "The size of the document is over the limit.",
    kind: "payload-too-large",
    source: globalCodes,
  },
  {
    name: "access-denied",
    status: 403,
    code: "forbidden.accessDenied",
    message: "The operator has no permission.",
    ...dingtalkDenied,
    source: "observed: DingTalk Open Platform, captures published by users",
  },
] as const satisfies readonly RowDeclaration[];
