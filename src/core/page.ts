/** Where a page starts and how long it may be. `after` is the last key of the page before. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string;
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
