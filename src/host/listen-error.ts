import { OperatorError } from "../core/operator-error.js";

/** The address that the configuration names cannot be listened on. */
class ListenError extends OperatorError {
  override readonly name = "ListenError";
}

interface ListenAddress {
  readonly HOST: string;
  readonly PORT: number;
}

const listenErrors: Readonly<Record<string, (address: ListenAddress) => string>> = {
  EADDRINUSE: ({ HOST, PORT }) =>
    `${HOST}:${PORT} is taken: another program listens there. Set PORT to a free port, or to 0 for any.`,
  EACCES: ({ HOST, PORT }) => `This user may not listen on ${HOST}:${PORT}. Set PORT to 1024 or more.`,
  EADDRNOTAVAIL: ({ HOST }) => `This machine does not have the address ${HOST}. Set HOST to one it has.`,
  ENOTFOUND: ({ HOST }) => `HOST is ${HOST}, which does not name an address of this machine.`,
};

/** @throws ListenError for a cause that an operator can correct, otherwise the error itself */
export function throwListenError(cause: unknown, address: ListenAddress): never {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const describe = listenErrors[code];
  throw describe === undefined ? cause : new ListenError(describe(address), { cause });
}
