/** Where a page starts and how long it may be. `after` is the last key of the page before. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string;
}

/** A page of the list that one of many owners has: a collection its records, a task its failures. */
export interface OwnedPageRequest extends PageRequest {
  readonly ownerId: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** The key of each item, in the order of `items`. */
  readonly keys: readonly string[];
  readonly hasNextPage: boolean;
}

/** Of these providers only. */
export interface ProviderFilter {
  readonly providers: readonly string[];
}
