import type { OwnedPageRequest, Page } from "../../core/page.js";
import { Prisma } from "../generated/client.js";
import { emptyPage, toPage } from "../page.js";

/** Reads pages of a table whose rows have an owner and an order within it. */
export interface OwnedTable<Row, Item> {
  /**
   * The position after which the page starts; undefined when the database does not accept the request, whose page is
   * then empty.
   */
  readonly readStart: (request: OwnedPageRequest) => bigint | undefined;
  /**
   * Answers at most `count` rows after `start` for each row of `wanted(request, owner, start, count)`, ordered by
   * request and then in their own order.
   */
  readonly select: (wanted: Prisma.Sql) => Promise<readonly (Row & RequestedRow)[]>;
  readonly toItem: (row: Row) => Item;
  readonly toKey: (row: Row) => string;
}

/** `request` is the index of the request that the row belongs to. */
export interface RequestedRow {
  readonly request: number;
}

/** Reads any number of pages with one statement; answers them in the order of the requests. */
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
