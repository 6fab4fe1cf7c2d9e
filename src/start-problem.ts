/** What keeps the program from starting, told so that its operator can mend it. */
export class StartProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StartProblem";
  }
}

interface ListenAddress {
  readonly HOST: string;
  readonly PORT: number;
}

const listenProblems: Readonly<Record<string, (address: ListenAddress) => string>> = {
  EADDRINUSE: ({ HOST, PORT }) => `${HOST}:${PORT} is taken: another program listens there. Set PORT to a free port, or to 0 for any.`,
  EACCES: ({ HOST, PORT }) => `This user may not listen on ${HOST}:${PORT}. Set PORT to 1024 or more.`,
  EADDRNOTAVAIL: ({ HOST }) => `This machine does not have the address ${HOST}. Set HOST to one it has.`,
  ENOTFOUND: ({ HOST }) => `HOST is ${HOST}, which does not name an address of this machine.`,
};

/** @throws StartProblem for what an operator can mend, else the error as it is */
export function throwListenProblem(cause: unknown, address: ListenAddress): never {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const describe = listenProblems[code];
  throw describe === undefined ? cause : new StartProblem(describe(address), { cause });
}
