import { isJsonObject, type JsonObject, type JsonValue } from "../../json/value.js";
import { maxPageTextLength, type Dialect } from "../../contract/contract.js";
import { JsonSyntaxError, parseJson } from "../../json/parse.js";
import type { ContractReply } from "../../contract/message.js";
import { privileges } from "../definition/privileges.js";
import { challenge, vectorCredentials } from "./credentials.js";

const crossOrigin = {
  "access-control-allow-origin": "*",
  "access-control-allow-credentials": "true",
  "access-control-allow-methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH",
  "access-control-allow-headers":
    "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, accept, origin, Cache-Control, X-Requested-With",
};

export const vectorDialect = {
  credentials: vectorCredentials,
  scopes: privileges,
  writeError: ({ row, message }) => ({ code: row.code ?? row.status, message }),
  readError: (body) => {
    const error = toErrorObject(body);
    if (error === undefined) return typeof body === "string" ? { message: body.slice(0, maxPageTextLength) } : {};
    return { code: codeOf(error), message: typeof error["message"] === "string" ? error["message"] : undefined };
  },
  headers: { "content-type": "application/json; charset=utf-8", ...crossOrigin },
  preflight: true,
  callerBeforePath: true,
  challenge,
} as const satisfies Dialect;

/** The error code. Milvus writes a number, the documentation of Zilliz Cloud also a string. */
function codeOf(body: JsonObject): string | undefined {
  const { code } = body;
  return typeof code === "number" || typeof code === "bigint" || typeof code === "string" ? String(code) : undefined;
}

/** Code 200 with data. Code 0 is a success only with the count and the ids, which the schema of the reply requires. */
export function succeededV1Write(reply: ContractReply): boolean {
  if (!isJsonObject(reply.body)) return false;
  const { data } = reply.body;
  const code = codeOf(reply.body);
  if (code === "200") return data !== undefined;
  return code === "0" && isJsonObject(data) && endingsOf(data).has("Count") && endingsOf(data).has("Ids");
}

/** Whether a reply is a success, for an endpoint whose data has no fixed form. */
export function succeedsWith(code: number): (reply: ContractReply) => boolean {
  return ({ body }) => isJsonObject(body) && codeOf(body) === String(code) && body["data"] !== undefined;
}

function endingsOf(data: JsonObject): ReadonlySet<string> {
  return new Set(Object.keys(data).map((name) => name.replace(/^(insert|upsert)/, "")));
}

/** A body may be two JSON objects back to back (the rate limiter of v1): the first one counts. */
function toErrorObject(body: JsonValue | undefined): JsonObject | undefined {
  if (isJsonObject(body)) return body;
  if (typeof body !== "string" || !body.startsWith("{")) return undefined;
  for (let end = body.indexOf("}{"); end !== -1; end = body.indexOf("}{", end + 1)) {
    const first = tryParse(body.slice(0, end + 1));
    if (isJsonObject(first)) return first;
  }
  return undefined;
}

function tryParse(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}
