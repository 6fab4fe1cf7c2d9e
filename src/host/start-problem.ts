/** What keeps the program from starting, told so that its operator can mend it. */
export class StartProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StartProblem";
  }
}

const listenProblems: Readonly<Record<string, string>> = {
  EADDRINUSE: "The address is taken: another program listens there. Set PORT to a free port.",
  EACCES: "This user may not listen on that port. Set PORT to 1024 or more.",
  EADDRNOTAVAIL: "This machine has no such address. Set HOST to one it has.",
  ENOTFOUND: "HOST names no address of this machine.",
};

/** @throws StartProblem for what an operator can mend, else the error as it is */
export function throwListenProblem(cause: unknown): never {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const message = listenProblems[code];
  throw message === undefined ? cause : new StartProblem(message, { cause });
}
