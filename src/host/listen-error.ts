import { OperatorError } from "../core/operator-error.js";

/** The address that the configuration names cannot be listened on. */
class ListenError extends OperatorError {
  override readonly name = "ListenError";
}

const listenErrors: Readonly<Record<string, string>> = {
  EADDRINUSE: "The address is taken: another program listens there. Set PORT to a free port.",
  EACCES: "This user may not listen on that port. Set PORT to 1024 or more.",
  EADDRNOTAVAIL: "This machine has no such address. Set HOST to one it has.",
  ENOTFOUND: "HOST names no address of this machine.",
};

/** @throws ListenError for what an operator can mend, else the error as it is */
export function throwListenError(cause: unknown): never {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const message = listenErrors[code];
  throw message === undefined ? cause : new ListenError(message, { cause });
}
