/** A structured log, as pino writes it. Never given a token, a record or a request body. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
