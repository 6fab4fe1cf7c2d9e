/** An error that the operator of the program can correct. The message says how; the program prints it without a stack. */
export class OperatorError extends Error {
  override readonly name: string = "OperatorError";
}

/** Lists all problems of the configuration. The message never contains a value: a value may be a secret. */
export class ConfigError extends OperatorError {
  override readonly name: string = "ConfigError";

  constructor(problems: readonly string[]) {
    super(["The configuration has problems:", ...problems.map((problem) => `  ${problem}`)].join("\n"));
  }
}
