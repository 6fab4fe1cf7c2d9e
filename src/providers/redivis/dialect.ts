import { maxPageTextLength, type Dialect } from "../../contract/contract.js";
import { bearer } from "../../contract/credentials.js";
import { isJsonObject, type JsonValue } from "../../json/value.js";

export const providerId = "redivis";

/** Carries warnings about a request that is answered and may fail in future. */
export const warningHeader = "x-redivis-warning";

/** The scope that writing needs. */
export const editScope = "data.edit";

export const redivisDialect = {
  credentials: bearer,
  scopes: [editScope],
  /** The status is also in the body, where official clients read it. */
  writeError: ({ row, message, parameters }) => ({
    status: row.status,
    error: row.code ?? "",
    error_description: message,
    ...(row.name === "insufficient-scope" ? { scope: parameters["scope"] ?? editScope } : {}),
  }),
  readError: readRedivisError,
  headers: { "content-type": "application/json; charset=utf-8" },
  errorHeader: "x-redivis-error-payload",
} as const satisfies Dialect;

/**
 * The service answers flat members today; formerly `error` was an object with message and status. An HTML page yields
 * no message.
 */
function readRedivisError(body: JsonValue | undefined): ReturnType<Dialect["readError"]> {
  if (typeof body === "string")
    return body.trimStart().startsWith("<") ? {} : { message: body.slice(0, maxPageTextLength) };
  if (!isJsonObject(body)) return {};
  const { error } = body;
  if (isJsonObject(error))
    return { message: readErrorText(error["message"]), status: readErrorStatus(error["status"]) };
  const message = readErrorText(body["error_description"]) ?? readErrorText(error);
  const code = readErrorText(error);
  // Frameworks of proxies have the same members, with the words of the status: those are not the service's.
  return code !== undefined && codeForm.test(code)
    ? { code, message, status: readErrorStatus(body["status"]) }
    : { message };
}

const codeForm = /^[a-z]\w*$/;

function readErrorText(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function readErrorStatus(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" && value >= 400 && value <= 599 ? value : undefined;
}
