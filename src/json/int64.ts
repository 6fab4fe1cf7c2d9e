import { toInteger } from "./number-text.js";

/** Both ends included. */
export const int64Range = { min: -(2n ** 63n), max: 2n ** 63n - 1n } as const;

/** As a JSON value; undefined outside the range. */
export function toInt64(integer: bigint): number | bigint | undefined {
  return integer >= int64Range.min && integer <= int64Range.max ? toInteger(integer.toString()) : undefined;
}
