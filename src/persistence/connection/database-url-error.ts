import { OperatorError } from "../../core/operator-error.js";

/** `DATABASE_URL` asks for something that is not supported. The message contains no value. */
export class DatabaseUrlError extends OperatorError {
  override readonly name = "DatabaseUrlError";

  constructor(problem: string) {
    super(`DATABASE_URL: ${problem}`);
  }
}
