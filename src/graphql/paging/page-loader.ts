import DataLoader from "dataloader";
import type { OwnedPageRequest, Page } from "../../core/page.js";

/** Reads the pages of one level of a query together, and equal pages once. */
export type PageLoader<Item> = DataLoader<OwnedPageRequest, Page<Item>, string>;

/** The maximum number of items of one statement; only a single page may exceed it. */
const maxStatementItems = 5000;

export function createPageLoader<Item>(
  read: (requests: readonly OwnedPageRequest[]) => Promise<readonly Page<Item>[]>,
): PageLoader<Item> {
  return new DataLoader(
    async (requests) => {
      const pages: Page<Item>[] = [];
      for (const together of splitRequests(requests)) pages.push(...(await read(together)));
      return pages;
    },
    { cacheKeyFn: ({ ownerId, first, after }) => JSON.stringify([ownerId, first, after]) },
  );
}

function splitRequests(requests: readonly OwnedPageRequest[]): readonly (readonly OwnedPageRequest[])[] {
  const parts: OwnedPageRequest[][] = [];
  let room = 0;
  for (const request of requests) {
    if (request.first > room) {
      parts.push([]);
      room = maxStatementItems;
    }
    parts.at(-1)?.push(request);
    room -= request.first;
  }
  return parts;
}
