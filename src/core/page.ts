/** The start of a page and its maximum length, in items. `after` is the last key of the previous page. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string;
}

/** Tests whether a text may be a key of a page. Its meaning is the store's: a key tells a client nothing. */
export function isPageKey(text: string): boolean {
  return /^[\w-]{22}$/.test(text);
}

/** A page of a list that belongs to an owner: the records of a collection, the failures of a task. */
export interface OwnedPageRequest extends PageRequest {
  readonly ownerId: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** The key of each item, in the order of `items`. */
  readonly keys: readonly string[];
  readonly hasNextPage: boolean;
}
