/** Most results do not hold a bigint, and `JSON.stringify` finds that out at no extra cost. */
export function stringifyResult(result: object): string {
  try {
    return JSON.stringify(result);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(result, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  }
}
