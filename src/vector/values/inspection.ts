import type { Violation } from "../../core/failure.js";
import type { JsonValue } from "../../json/value.js";
import { showValue } from "../../json/stringify.js";
import { nestsTooDeeply } from "../../json/depth.js";
import { shorten } from "../../json/quote.js";
import { maxDepth } from "../../json/storable.js";
import { vectorFailures } from "../failures/vector-failures.js";

/** What is wrong with one value: `cause` is the contract's own text. */
export interface ValueViolation {
  readonly field?: string;
  /** A stable word in kebab-case. */
  readonly rule: string;
  readonly cause: string;
}

/**
 * The findings of one request. A value of the wrong type ends it at once; wrong shapes (dimensions) and then wrong sizes count only when
 * no row at all has a wrong type, so of these the first is kept.
 */
export class Inspection {
  /** The row at hand; undefined while the request as a whole is looked at. */
  recordIndex: number | undefined;
  #shape: Violation | undefined;
  #size: Violation | undefined;

  /** The row at hand, as messages count it. */
  get row(): number {
    return this.recordIndex ?? 0;
  }

  /** Nothing was found so far, so what is read is worth keeping. */
  get clean(): boolean {
    return this.#shape === undefined && this.#size === undefined;
  }

  /** @throws RefusalError 1804, always */
  refuse(violation: ValueViolation): never {
    throw refuseData(this.#toViolation(violation));
  }

  noteShape(violation: ValueViolation): void {
    this.#shape ??= this.#toViolation(violation);
  }

  noteSize(violation: ValueViolation): void {
    this.#size ??= this.#toViolation(violation);
  }

  /** @throws RefusalError 1804 or 1100 when something was noted */
  conclude(): void {
    if (this.#shape !== undefined) throw refuseData(this.#shape);
    if (this.#size !== undefined) throw vectorFailures.refuse("invalid-values", { cause: this.#size.message }, [this.#size]);
  }

  #toViolation({ field, rule, cause }: ValueViolation): Violation {
    return { recordIndex: this.recordIndex, field: field === undefined ? undefined : shorten(field), rule, message: cause };
  }
}

function refuseData(violation: Violation) {
  return vectorFailures.refuse("invalid-data", { cause: violation.message }, [violation]);
}

/** The end that most causes have. */
export function invalidParameter(cause: string, about?: { readonly expected: string; readonly actual: JsonValue }): string {
  const tail = about === undefined ? "" : `[expected=${about.expected}][actual=${showBriefly(about.actual)}]`;
  return `${cause}: invalid parameter${tail}`;
}

/** For a message: a long value is cut, and what nests too deeply to be read is only described. */
export function showBriefly(value: JsonValue): string {
  return nestsTooDeeply(value) ? `JSON of more than ${maxDepth} levels` : shorten(showValue(value));
}

/** In quotes, as the server's own decoders show what they were given. */
export function quoteValue(value: JsonValue): string {
  return typeof value === "string" ? JSON.stringify(showBriefly(value)) : `"${showBriefly(value)}"`;
}
