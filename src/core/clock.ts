/** A parameter instead of `Date`, so that tests set the time. */
export interface Clock {
  now(): Date;
}

/** A parameter instead of `crypto`, so that tests know the identifiers. */
export interface IdSource {
  uuid(): string;
  /** Lower-case hexadecimal digits, `length` of them. */
  hex(length: number): string;
  /** Digits and ASCII letters, `length` of them. */
  alphanumeric(length: number): string;
}

