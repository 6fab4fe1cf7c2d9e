/** An initial operation of the editor. */
export interface Tab {
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
}
