import { OperatorError } from "../../core/operator-error.js";

/** The database could not be brought to the newest migration. The message says what to do. */
export class MigrationError extends OperatorError {
  override readonly name = "MigrationError";
}
