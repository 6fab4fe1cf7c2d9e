/** Compressed bodies are refused: a small one could expand beyond every limit. */
export class EncodedBodyError extends Error {
  constructor(encoding: string) {
    super(`the content encoding ${JSON.stringify(encoding)} is not supported: send the body without encoding`);
    this.name = "EncodedBodyError";
  }
}
