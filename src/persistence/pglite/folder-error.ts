import { OperatorError } from "../../core/operator-error.js";

/** The folder cannot be opened now. The message names the remedy. */
export class FolderError extends OperatorError {
  override readonly name = "FolderError";
}

export function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
