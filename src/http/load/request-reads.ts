import type { ServerResponse } from "node:http";
import { ReadMeter, ReadPool } from "../../core/read-meter.js";

/** Bytes of the store. */
export interface ReadBounds {
  /** What one GraphQL operation reads. */
  readonly graphqlBytes: number;
  /** What one call of a REST face reads. */
  readonly restBytes: number;
  /** What the requests in flight have read together. */
  readonly bytesInFlight: number;
}

/** Counts what each request reads, from its beginning to the end of its answer. */
export class RequestReads {
  readonly #bounds: ReadBounds;
  readonly #pool: ReadPool;

  constructor(bounds: ReadBounds) {
    this.#bounds = bounds;
    this.#pool = new ReadPool(bounds.bytesInFlight);
  }

  open(face: "graphql" | "rest", response: ServerResponse): ReadMeter {
    const { graphqlBytes, restBytes } = this.#bounds;
    const meter = new ReadMeter(face === "graphql" ? graphqlBytes : restBytes, this.#pool);
    response.once("close", () => meter.end());
    return meter;
  }
}
