/** An operation to start from. */
export interface Tab {
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
}
