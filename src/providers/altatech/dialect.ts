import type { Dialect } from "../../contract/contract.js";
import { bearer } from "../../contract/credentials.js";
import type { ContractReply } from "../../contract/message.js";
import { isJsonObject, type JsonValue } from "../../json/value.js";

export const altatechDialect: Dialect = {
  credentials: bearer,
  writeError: ({ row, message }) => ({ code: row.code ?? 50000, message }),
  readError: (body) => {
    if (!isJsonObject(body)) return {};
    // The overview page nests code and message in `error`; every other page has them at the top level.
    const { code, message } = isJsonObject(body["error"]) ? body["error"] : body;
    return { code: toCode(code), message: typeof message === "string" ? message : undefined };
  },
  headers: { "content-type": "application/json" },
};

/** The contract declares the code as a number; the overview page shows a text. */
function toCode(code: JsonValue | undefined): string | undefined {
  return typeof code === "number" || typeof code === "string" ? String(code) : undefined;
}

/** The service also answers failures with status 200, so only the code in the body proves success. */
export function hasCodeZero({ body }: ContractReply): boolean {
  return altatechDialect.readError(body).code === "0";
}
