/** A parameter instead of `Date`, so that tests set the time. */
export interface Clock {
  now(): Date;
  /** Resolves after the time; absent: real time passes. */
  wait?(milliseconds: number): Promise<void>;
}

/** A parameter instead of `crypto`, so that tests know the identifiers. */
export interface IdSource {
  uuid(): string;
  /** Lower-case hexadecimal digits, `length` of them. */
  hex(length: number): string;
  /** Digits and ASCII letters, `length` of them. */
  alphanumeric(length: number): string;
}
