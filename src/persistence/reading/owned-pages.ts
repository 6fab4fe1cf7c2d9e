import type { OwnedPageRequest, Page } from "../../core/page.js";
import { Prisma } from "../generated/client.js";
import { lightBytes, maxStatementRows } from "./large-rows.js";
import { completePages, type ListForm } from "./page.js";

/** Reads pages of a table whose rows have an owner and an order within it. */
export interface OwnedTable<Found, Row, Item> extends ListForm<Row, Item> {
  /**
   * The position after which the page starts; undefined when the database does not accept the request, whose page is
   * then empty.
   */
  readonly readStart: (request: OwnedPageRequest) => bigint | undefined;
  /**
   * Answers at most `count` rows after `start` for each row of `wanted(request, owner, start, count)`, ordered by
   * request and then in their own order. Leaves out the values of rows with more than `light` bytes.
   */
  readonly select: (wanted: Prisma.Sql, light: number) => Promise<readonly (Found & RequestedRow)[]>;
  /** Adds the owner, which is not read again with every row. */
  readonly toRow: (found: Found, ownerId: string) => Row;
}

/** `request` is the index of the request that the row belongs to. */
export interface RequestedRow {
  readonly request: number;
}

interface WantedPage {
  readonly index: number;
  readonly owner: string;
  readonly start: bigint;
  readonly count: number;
}

/** Reads any number of pages with few statements; answers them in the order of the requests. */
export async function readOwnedPages<Found, Row, Item>(
  requests: readonly OwnedPageRequest[],
  table: OwnedTable<Found, Row, Item>,
): Promise<readonly Page<Item>[]> {
  const pages = requests.map((request) => ({ request, rows: [] as Row[] }));
  const wanted = requests.flatMap((request, index) => {
    const start = table.readStart(request);
    return start === undefined ? [] : [{ index, owner: request.ownerId, start, count: request.first + 1 }];
  });
  for (const part of splitByCount(wanted)) {
    const rows = await table.select(
      toWantedRows(part),
      lightBytes(
        table.large.scope,
        part.reduce((sum, { count }) => sum + count, 0),
      ),
    );
    for (const row of rows) {
      const page = pages[row.request];
      page?.rows.push(table.toRow(row, page.request.ownerId));
    }
  }
  return completePages(pages, table);
}

function splitByCount(wanted: readonly WantedPage[]): readonly (readonly WantedPage[])[] {
  const parts: WantedPage[][] = [];
  let room = 0;
  for (const page of wanted) {
    if (page.count > room) {
      parts.push([]);
      room = maxStatementRows;
    }
    parts.at(-1)?.push(page);
    room -= page.count;
  }
  return parts;
}

function toWantedRows(wanted: readonly WantedPage[]): Prisma.Sql {
  return Prisma.sql`unnest(
    ${wanted.map(({ index }) => index)}::int[], ${wanted.map(({ owner }) => owner)}::text[],
    ${wanted.map(({ start }) => start)}::bigint[], ${wanted.map(({ count }) => count)}::bigint[]
  ) AS wanted(request, owner, start, count)`;
}
