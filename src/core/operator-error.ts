/** An error that the operator of the program can mend. The message says what to do; the program prints it without a stack. */
export class OperatorError extends Error {
  override readonly name: string = "OperatorError";
}

/** Every problem of the configuration at once, readable. Never shows a value: it may be a secret. */
export class ConfigError extends OperatorError {
  override readonly name: string = "ConfigError";

  constructor(problems: readonly string[]) {
    super(["The configuration has problems:", ...problems.map((problem) => `  ${problem}`)].join("\n"));
  }
}
