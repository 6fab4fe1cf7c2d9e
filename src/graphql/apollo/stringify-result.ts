import { OperationLimitError } from "../limits/operation-limits.js";

/** Writes results up to a size. In the place of a larger one stands an error: what a mutation has done stays done. */
export function createStringifyResult(maxBytes: number): (result: object) => string {
  return (result) => {
    const text = stringifyUnlessEndless(result);
    const bytes = text === undefined ? Infinity : countTextBytes(text, maxBytes);
    if (text !== undefined && bytes <= maxBytes) return text;
    const { message, extensions } = new OperationLimitError("responseBytes", maxBytes, bytes);
    const { http: _http, ...numbers } = extensions;
    return JSON.stringify({ errors: [{ message, extensions: numbers }] });
  };
}

/** Undefined for a text that is longer than any string may be. */
function stringifyUnlessEndless(result: object): string | undefined {
  try {
    return stringifyResult(result);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Most results do not hold a bigint, and `JSON.stringify` finds that out at no extra cost. */
function stringifyResult(result: object): string {
  try {
    return JSON.stringify(result);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(result, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  }
}

/** Bytes in UTF-8; of a short text an upper bound, which takes no time. */
function countTextBytes(text: string, maxBytes: number): number {
  return text.length * 3 <= maxBytes ? text.length * 3 : Buffer.byteLength(text);
}
