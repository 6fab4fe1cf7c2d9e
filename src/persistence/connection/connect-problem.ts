import type { ServerUrl } from "./server-url.js";

/** By the code of the system or of PostgreSQL. */
const connectProblems: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing accepts connections there",
  ECONNRESET: "the connection was closed",
  ENOTFOUND: "the name of the host is not known",
  EAI_AGAIN: "the name of the host is not known now",
  ETIMEDOUT: "the host does not answer",
  EHOSTUNREACH: "no way leads to the host",
  ENETUNREACH: "no way leads to the host",
  "28P01": "the server does not accept the user or the password",
  "28000": "the server does not accept the user",
  "3D000": "the server does not have this database",
  "53300": "the server has no connection left",
  "57P03": "the server is starting or stopping",
};

/** The reason in one line, or nothing where it would show the password. */
export function describeConnectProblem(cause: unknown, { url: { password } }: ServerUrl): string {
  if (!(cause instanceof Error)) return "";
  const code = "code" in cause ? String(cause.code) : "";
  const [line = ""] = cause.message.split("\n");
  const secrets = password === "" ? [] : [password, decodeURIComponent(password)];
  const reason = connectProblems[code] ?? (secrets.some((secret) => line.includes(secret)) ? "" : line);
  return reason === "" ? "" : `: ${reason}`;
}
