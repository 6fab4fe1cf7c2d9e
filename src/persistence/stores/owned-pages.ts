import type { OwnedPageRequest, Page } from "../../core/page.js";
import { Prisma } from "../generated/client.js";
import { emptyPage, toPage } from "../page.js";

/** How pages are read of a table whose rows belong to an owner and have an order in it. */
export interface OwnedTable<Row, Item> {
  /** What the page starts after; undefined when the database would not take the request, which then finds nothing. */
  readonly readStart: (request: OwnedPageRequest) => bigint | undefined;
  /** Answers at most `count` rows after `start` for each row of `wanted(request, owner, start, count)`, in the order of these and then in their own. */
  readonly select: (wanted: Prisma.Sql) => Promise<readonly (Row & RequestedRow)[]>;
  readonly toItem: (row: Row) => Item;
  readonly toKey: (row: Row) => string;
}

/** `request` is the place of the request that the row answers. */
export interface RequestedRow {
  readonly request: number;
}

/** One statement, however many pages; they are answered in the order of the requests. */
export async function readOwnedPages<Row, Item>(
  requests: readonly OwnedPageRequest[],
  table: OwnedTable<Row, Item>,
): Promise<readonly Page<Item>[]> {
  const wanted = requests.flatMap((request, index) => {
    const start = table.readStart(request);
    return start === undefined ? [] : [{ index, owner: request.ownerId, start, count: request.first + 1 }];
  });
  if (wanted.length === 0) return requests.map(() => emptyPage);
  const rows = await table.select(Prisma.sql`unnest(
    ${wanted.map(({ index }) => index)}::int[], ${wanted.map(({ owner }) => owner)}::text[],
    ${wanted.map(({ start }) => start)}::bigint[], ${wanted.map(({ count }) => count)}::bigint[]
  ) AS wanted(request, owner, start, count)`);
  const found = requests.map((): Row[] => []);
  for (const row of rows) found[row.request]?.push(row);
  return requests.map((request, index) => toPage(found[index] ?? [], request, table.toItem, table.toKey));
}
