import type { Page, PageRequest } from "../core/page.js";

/** A page out of one row more than was asked for, which tells whether there is another page. */
export function toPage<Row, Item>(rows: readonly Row[], request: PageRequest, toItem: (row: Row) => Item, toKey: (row: Row) => string): Page<Item> {
  const shown = rows.slice(0, request.first);
  return { items: shown.map(toItem), keys: shown.map(toKey), hasNextPage: rows.length > request.first };
}

export const emptyPage = { items: [], keys: [], hasNextPage: false } as const;

/** The number that a page starts after; undefined when `after` is no key of ours. */
export function readNumberKey(after: string | undefined, whenAbsent: bigint): bigint | undefined {
  if (after === undefined) return whenAbsent;
  return /^\d{1,18}$/.test(after) ? BigInt(after) : undefined;
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the database would take the text as an id; one that it would not take finds nothing. */
export function isUuid(text: string): boolean {
  return uuidForm.test(text);
}
