import { OverloadError } from "./overload-error.js";

/** A request would be answered with more than it may read. `actual` counts what was read until then. */
export class ReadLimitError extends Error {
  override readonly name = "ReadLimitError";
  readonly limit: number;
  readonly actual: number;

  constructor(limit: number, actual: number) {
    super(`the records of the answer have ${actual} bytes or more, and at most ${limit} are allowed`);
    this.limit = limit;
    this.actual = actual;
  }
}

/** Small reads never wait for large ones: so much of every request is not counted together. */
const ownBytes = 1024 * 1024;

/** Bounds what all requests in flight have read, each from its first megabyte on. */
export class ReadPool {
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws OverloadError when the requests in flight leave no room */
  take(bytes: number): void {
    if (this.#bytes + bytes > this.#maxBytes) throw new OverloadError();
    this.#bytes += bytes;
  }

  giveBack(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/** Counts what one request reads from the store. */
export class ReadMeter {
  readonly #maxBytes: number;
  readonly #pool: ReadPool | undefined;
  #bytes = 0;
  #pooledBytes = 0;

  constructor(maxBytes: number, pool?: ReadPool) {
    this.#maxBytes = maxBytes;
    this.#pool = pool;
  }

  /** The bytes that may still be read. */
  get room(): number {
    return Math.max(0, this.#maxBytes - this.#bytes);
  }

  /** @throws ReadLimitError @throws OverloadError */
  count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#maxBytes) throw new ReadLimitError(this.#maxBytes, this.#bytes);
    const further = Math.max(0, this.#bytes - ownBytes) - this.#pooledBytes;
    if (further <= 0) return;
    this.#pool?.take(further);
    this.#pooledBytes += further;
  }

  /** The answer was sent, or its client has gone: the bytes are no longer in memory. */
  end(): void {
    this.#pool?.giveBack(this.#pooledBytes);
    this.#pooledBytes = 0;
  }
}
