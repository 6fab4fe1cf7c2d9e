import type { Dialect } from "../../contract/contract.js";
import { bearer } from "../../contract/credentials.js";
import type { ContractReply } from "../../contract/message.js";
import { isJsonObject, type JsonValue } from "../../json/value.js";

export const altatechDialect: Dialect = {
  credentials: bearer,
  writeError: ({ row, message }) => ({ code: row.code ?? 50000, message }),
  readError: (body) => {
    if (!isJsonObject(body)) return {};
    // The overview page nests what every other page shows at the top.
    const { code, message } = isJsonObject(body["error"]) ? body["error"] : body;
    return { code: toCode(code), message: typeof message === "string" ? message : undefined };
  },
  headers: { "content-type": "application/json" },
};

/** The contract types it as a number, the overview page shows a text. */
function toCode(code: JsonValue | undefined): string | undefined {
  return typeof code === "number" || typeof code === "string" ? String(code) : undefined;
}

/** Status 200 alone says nothing: a failure may travel with it. */
export function hasCodeZero({ body }: ContractReply): boolean {
  return altatechDialect.readError(body).code === "0";
}
