import DataLoader from "dataloader";
import type { OwnedPageRequest, Page } from "../../core/page.js";

/** Pages that are asked for at one level of a query are read together; a page that is asked for twice is read once. */
export type PageLoader<Item> = DataLoader<OwnedPageRequest, Page<Item>, string>;

/** Items that one statement may have to answer, more only for a single page. */
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
