import type { Violation } from "../../core/failure.js";
import type { JsonValue } from "../../json/value.js";
import { showValue } from "../../json/stringify.js";
import { nestsTooDeeply } from "../../json/depth.js";
import { shorten } from "../../json/quote.js";
import { maxDepth } from "../../json/storable.js";
import { vectorFailures } from "../failures/vector-failures.js";

/** The fault of one value; `cause` is the contract's own text. */
export interface ValueViolation {
  readonly field?: string;
  /** A stable word in kebab-case. */
  readonly rule: string;
  readonly cause: string;
}

/**
 * The violations of one request. A value of the wrong type ends the inspection at once. Wrong shapes (dimensions), and
 * after them wrong sizes, count only when every row has the right types, so the first violation of each is noted.
 */
export class Inspection {
  /** The current row, counted from 0; undefined during checks of the request as a whole. */
  recordIndex: number | undefined;
  #shape: Violation | undefined;
  #size: Violation | undefined;

  /** The current row in the count of messages. */
  get row(): number {
    return this.recordIndex ?? 0;
  }

  /** Whether no violation was noted so far, so that read values will be stored. */
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

  /**
   * @param beforeSizes called when no shape is wrong
   * @throws RefusalError 1804 or 1100 if a violation was noted
   */
  conclude(beforeSizes?: () => void): void {
    if (this.#shape !== undefined) throw refuseData(this.#shape);
    beforeSizes?.();
    if (this.#size !== undefined)
      throw vectorFailures.refuse("invalid-values", { cause: this.#size.message }, [this.#size]);
  }

  #toViolation({ field, rule, cause }: ValueViolation): Violation {
    return {
      recordIndex: this.recordIndex,
      field: field === undefined ? undefined : shorten(field),
      rule,
      message: cause,
    };
  }
}

function refuseData(violation: Violation) {
  return vectorFailures.refuse("invalid-data", { cause: violation.message }, [violation]);
}

/** Appends the ending of most causes. */
export function invalidParameter(
  cause: string,
  about?: { readonly expected: string; readonly actual: JsonValue },
): string {
  const tail = about === undefined ? "" : `[expected=${about.expected}][actual=${showBriefly(about.actual)}]`;
  return `${cause}: invalid parameter${tail}`;
}

/** A value for a message: a long one is shortened, and one that nests too deeply is only described. */
export function showBriefly(value: JsonValue): string {
  return nestsTooDeeply(value) ? `JSON of more than ${maxDepth} levels` : shorten(showValue(value));
}

/** A value in quotes, in the form of the server's decoders. */
export function quoteValue(value: JsonValue): string {
  return typeof value === "string" ? JSON.stringify(showBriefly(value)) : `"${showBriefly(value)}"`;
}
