import { Buffer } from "node:buffer";
import type { CredentialScheme } from "../../contract/credentials.js";
import type { ContractRequest, Headers } from "../../contract/message.js";

/**
 * `Bearer user:password`, `user:password`, HTTP Basic and `Bearer <api key>`. The canonical secret is `user:password`
 * or the key.
 * Anything else counts as missing: one answer for every cause.
 */
export const vectorCredentials: CredentialScheme = {
  write: (secret) => ({ authorization: `Bearer ${secret}` }),
  read: (headers) => {
    const header = (headers["authorization"] ?? "").trim();
    const [scheme = ""] = /^(?:bearer|basic)(?!\S)/i.exec(header) ?? [];
    if (scheme === "") return header.includes(":") ? header : undefined;
    const rest = header.slice(scheme.length).trimStart();
    if (rest === "") return undefined;
    return scheme.toLowerCase() === "basic" ? Buffer.from(rest, "base64").toString("utf8") : rest;
  },
};

const basicChallenge: Headers = { "www-authenticate": 'Basic realm="restricted", charset="UTF-8"' };

export function challenge(request: ContractRequest): Headers {
  return /^\s*basic(?:\s|$)/i.test(request.headers["authorization"] ?? "") ? basicChallenge : {};
}
