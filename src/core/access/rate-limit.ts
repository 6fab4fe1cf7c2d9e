/** Limits what a name may use in a second. */
export interface RateLimiter {
  readonly perSecond: number;
  /**
   * Uses up points of the name. More points than a second has are accepted at the beginning of a second and use up the
   * following ones. Answers the wait in milliseconds when the points are not left, otherwise undefined.
   * @throws StoreUnavailableError
   */
  take(name: string, points: number): Promise<number | undefined>;
}

/** The limits of a store: all processes on one database share them. */
export interface RateLimits {
  /** @param limit its name distinguishes it from the other limits of the store */
  open(limit: { readonly name: string; readonly perSecond: number }): RateLimiter;
}

/** The limits of every key, by the id of the key. An absent member limits nothing. */
export interface KeyRates {
  readonly requests?: RateLimiter;
  readonly records?: RateLimiter;
}
