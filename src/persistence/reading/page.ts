import type { Page, PageRequest } from "../../core/page.js";
import { completeRows, type LargeRows } from "./large-rows.js";

export interface ListForm<Row, Item> {
  readonly toItem: (row: Row) => Item;
  readonly toKey: (row: Row) => string;
  readonly large: LargeRows<Row>;
}

/**
 * Rows that were read with a limit of one more than the page holds: the extra row shows that a next page exists.
 */
interface ReadRows<Row> {
  readonly rows: readonly Row[];
  readonly request: PageRequest;
}

/** Makes a page of rows that have all their values. */
export function toPage<Row, Item>(
  { rows, request }: ReadRows<Row>,
  { toItem, toKey }: Omit<ListForm<Row, Item>, "large">,
): Page<Item> {
  const shown = rows.slice(0, request.first);
  return { items: shown.map(toItem), keys: shown.map(toKey), hasNextPage: rows.length > request.first };
}

export async function completePage<Row, Item>(read: ReadRows<Row>, form: ListForm<Row, Item>): Promise<Page<Item>> {
  const [page] = await completePages([read], form);
  return page ?? emptyPage;
}

/** Makes several pages; the values of their large rows are read together. */
export async function completePages<Row, Item>(
  pages: readonly ReadRows<Row>[],
  { toItem, toKey, large }: ListForm<Row, Item>,
): Promise<readonly Page<Item>[]> {
  const shown = pages.map(({ rows, request }) => rows.slice(0, request.first));
  const found = (await completeRows(shown.flat(), large, toItem)).values();
  return pages.map(({ rows, request }, index) => {
    const items: Item[] = [];
    const keys: string[] = [];
    for (const row of shown[index] ?? []) {
      const { value: item } = found.next();
      if (item === undefined) continue;
      items.push(item);
      keys.push(toKey(row));
    }
    return { items, keys, hasNextPage: rows.length > request.first };
  });
}

export const emptyPage = { items: [], keys: [], hasNextPage: false } as const;

/** The number after which a page starts; undefined when `after` does not have the form of a key. */
export function readNumberKey(after: string | undefined, whenAbsent: bigint): bigint | undefined {
  if (after === undefined) return whenAbsent;
  return /^\d{1,18}$/.test(after) ? BigInt(after) : undefined;
}
