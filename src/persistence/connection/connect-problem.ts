import type { ServerUrl } from "./server-url.js";

const unknownAuthority =
  "the certificate of the server comes from an unknown authority, which NODE_EXTRA_CA_CERTS or sslrootcert can add";

/** By the code of the system, of TLS or of PostgreSQL. */
const problemsByCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing accepts connections there",
  ECONNRESET: "the connection was closed",
  ENOTFOUND: "the name of the host is not known",
  EAI_AGAIN: "the name of the host is not known now",
  ETIMEDOUT: "the host does not answer",
  EHOSTUNREACH: "no way leads to the host",
  ENETUNREACH: "no way leads to the host",
  EPROTO: "the TLS handshake failed",
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_HAS_EXPIRED: "the certificate of the server has expired",
  CERT_NOT_YET_VALID: "the certificate of the server is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate of the server names another host",
  "28P01": "the server does not accept the user or the password",
  "28000": "the server does not accept the user",
  "3D000": "the server does not have this database",
  "42501": "the user may not connect to this database",
  "53300": "the server has no connection left",
  "57P03": "the server is starting or stopping",
};

const noTls =
  "the server does not offer TLS, which DATABASE_TLS or sslmode demands; DATABASE_TLS=off connects without it";
const timedOut = "the server does not answer within DATABASE_CONNECT_TIMEOUT_MS";

/** By the text of the driver, whose own errors have no code. */
const problemsByText: readonly (readonly [RegExp, string])[] = [
  [/^The server does not support SSL connections/, noTls],
  [/^There was an error establishing an SSL connection/, "the TLS handshake failed"],
  [/^(Connection terminated due to connection timeout|timeout exceeded when trying to connect)/, timedOut],
  [/^Connection terminated unexpectedly/, "the connection was closed before the server answered"],
  [/client password must be a/, "the server demands a password, which DATABASE_URL does not have"],
];

/** Servers name the lack of encryption in the text alone, PostgreSQL 13 as `SSL off`. */
const withoutEncryption = /no encryption|SSL off/;

/** Codes of a state that may pass: the server or its name is not there yet. */
const passingCodes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EPIPE"],
  ...["53300", "57P01", "57P03"],
]);

/** The reason in one line, or nothing where it would show the password. */
export function describeConnectProblem(cause: unknown, { url: { password } }: ServerUrl): string {
  if (!(cause instanceof Error)) return "";
  const reason = findReason(cause, systemCodeOf(cause));
  const secrets = password === "" ? [] : [password, decodeURIComponent(password)];
  return reason === "" || secrets.some((secret) => reason.includes(secret)) ? "" : `: ${reason}`;
}

/** Whether the same attempt may succeed a moment later. */
export function isPassingProblem(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = systemCodeOf(cause);
  return code === "" ? cause.message.startsWith("Connection terminated") : passingCodes.has(code);
}

/** Whether the other choice of TLS may succeed: the handshake failed, or the server refused the connection as it is. */
export function isTlsProblem(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = systemCodeOf(cause);
  return code === "EPROTO" || code === "28000" || code.startsWith("ERR_") || /SSL connection/.test(cause.message);
}

function findReason({ message }: Error, code: string): string {
  const [line = ""] = message.split("\n");
  if (code === "28000" && withoutEncryption.test(line))
    return "the server does not accept the user at this address without TLS, which DATABASE_TLS=on adds";
  if (code === "28000" && line.includes("pg_hba.conf"))
    return "the server does not accept the user at this address (pg_hba.conf)";
  if (code.startsWith("ERR_SSL_")) return "the TLS handshake failed";
  return problemsByCode[code] ?? problemsByText.find(([text]) => text.test(line))?.[1] ?? line;
}

function systemCodeOf(cause: Error): string {
  return "code" in cause ? String(cause.code) : "";
}
