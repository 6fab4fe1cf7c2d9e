/** A file of the database could not be written. The database cannot be used any more; its files can. */
export class DiskError extends Error {
  override readonly name = "DiskError";
  /** The code of the system. */
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`a file of the database cannot be written: ${code}`, options);
    this.code = code;
  }
}
