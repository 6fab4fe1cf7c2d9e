import type { Page, PageRequest } from "../core/page.js";

/**
 * Makes a page of rows that were read with a limit of one more than the page holds: the extra row shows that a next
 * page exists.
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  request: PageRequest,
  toItem: (row: Row) => Item,
  toKey: (row: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, request.first);
  return { items: shown.map(toItem), keys: shown.map(toKey), hasNextPage: rows.length > request.first };
}

export const emptyPage = { items: [], keys: [], hasNextPage: false } as const;

/** The number after which a page starts; undefined when `after` does not have the form of a key. */
export function readNumberKey(after: string | undefined, whenAbsent: bigint): bigint | undefined {
  if (after === undefined) return whenAbsent;
  return /^\d{1,18}$/.test(after) ? BigInt(after) : undefined;
}
