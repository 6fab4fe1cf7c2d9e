/** The server holds as many requests, or as many bytes of them, as it may. The request was refused before it wrote. */
export class OverloadError extends Error {
  readonly retryAfterSeconds = 1;

  constructor() {
    super("the server has too many requests in flight");
    this.name = "OverloadError";
  }
}
