import type { JsonObject } from "../../json/value.js";
import { compactJsonBytes } from "../../json/size.js";
import type { StoredRecord } from "../../core/record.js";
import { OperationLimitError } from "./operation-limits.js";

/**
 * Counts what a response is made of while it is put together, so that one without end stops early. The counts are
 * lower bounds; the text of the response is measured besides.
 */
export class ResponseBudget {
  readonly #maxBytes: number;
  #answeredBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The fields of a record are part of the response, as often as they were selected. @throws OperationLimitError */
  answerRecord({ storedBytes = 0 }: StoredRecord): void {
    this.#answer(storedBytes);
  }

  /** @throws OperationLimitError */
  answerJson(value: JsonObject): void {
    this.#answer(bytesOf(value));
  }

  #answer(bytes: number): void {
    this.#answeredBytes += bytes;
    this.#refuseOver(this.#answeredBytes);
  }

  #refuseOver(bytes: number): void {
    if (bytes > this.#maxBytes) throw new OperationLimitError("responseBytes", this.#maxBytes, bytes);
  }
}

/** A definition is remembered by its process and answered often. */
const knownBytes = new WeakMap<JsonObject, number>();

function bytesOf(value: JsonObject): number {
  const known = knownBytes.get(value) ?? compactJsonBytes(value);
  knownBytes.set(value, known);
  return known;
}
