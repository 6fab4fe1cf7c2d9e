import { OperatorError } from "../../core/operator-error.js";

/** The database cannot be brought to the newest migration. The message names the remedy. */
export class MigrationError extends OperatorError {
  override readonly name = "MigrationError";
}
