import { lostConnection, TransportError } from "../../message.js";

/** The connection was not established, so nothing of the request was sent. */
export class ConnectionError extends Error {
  constructor(cause: unknown) {
    super("no connection", { cause });
    this.name = "ConnectionError";
  }
}

/** What an operator is told of a failed connection, by the code of its error. The address is never part of it. */
const connectionProblems: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ENOTFOUND: "the host name is unknown",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  UND_ERR_CONNECT_TIMEOUT: "no connection within the time allowed",
  CERT_HAS_EXPIRED: "the certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is for another host",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the certificate is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "the certificate is self-signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the certificate cannot be verified",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the certificate cannot be verified",
  EPROTO: "the TLS handshake failed",
  ECONNRESET: "the connection was reset before it was established",
};

/** The failure of a call, with the code of its cause for the log. */
export function toTransportError(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  const code = findCode(error);
  if (error instanceof ConnectionError) {
    const explained = connectionProblems[code ?? ""] ?? (isTls(code) ? "the TLS handshake failed" : "no connection");
    return new TransportError(`the service could not be reached: ${explained}`, false, { cause: error, code });
  }
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT")
    return new TransportError("the service stopped answering", true, { cause: error, code, kind: "timeout" });
  return new TransportError(lostConnection, true, { cause: error, code });
}

/** Whether an error says that the other side closed a connection in use. */
export function isReset(error: unknown): boolean {
  return !(error instanceof ConnectionError) && resetCodes.has(findCode(error) ?? "");
}

const resetCodes: ReadonlySet<string> = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

function isTls(code: string | undefined): boolean {
  return code !== undefined && /^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO)/.test(code);
}

/** The code of an error or of the first of its causes that has one. */
function findCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof AggregateError) return findCode(error.errors[0]);
  return findCode(error.cause);
}
