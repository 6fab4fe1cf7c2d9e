/** Exported by the package and not described by anybody: the tables that its parser runs on. */
declare module "@terraformer/wkt" {
  /** 1: shift and go to the state; 2: reduce by the production; 3: accept. */
  type Action = readonly [kind: 1 | 2, target: number] | readonly [kind: 3];

  interface Grammar {
    /** The number of each terminal and non-terminal. */
    readonly symbols_: Readonly<Record<string, number>>;
    /** What is on the left of each production, and how many symbols on the right. */
    readonly productions_: readonly (0 | readonly [head: number, length: number])[];
    /** By state and symbol; for a non-terminal the state to go to. */
    readonly table: readonly Readonly<Record<number, Action | number>>[];
    /** Of states that need no further symbol. */
    readonly defaultActions: Readonly<Record<number, Action>>;
  }

  export const parser: Grammar;
  export function wktToGeoJSON(text: string): object;
}
