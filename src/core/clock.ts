/** Time, as a parameter. */
export interface Clock {
  now(): Date;
}

/** Fresh identifiers, as a parameter. */
export interface IdSource {
  uuid(): string;
  /** Lower-case hexadecimal digits. */
  hex(length: number): string;
  /** Digits and ASCII letters. */
  alphanumeric(length: number): string;
}

