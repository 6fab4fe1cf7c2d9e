/** The tables of the package's parser, which it exports and its types do not declare. */
declare module "@terraformer/wkt" {
  /** 1: shift and go to the state; 2: reduce by the production; 3: accept. */
  type Action = readonly [kind: 1 | 2, target: number] | readonly [kind: 3];

  interface Grammar {
    /** The number of each terminal and non-terminal. */
    readonly symbols_: Readonly<Record<string, number>>;
    /** The head of each production, and the number of symbols in its body. */
    readonly productions_: readonly (0 | readonly [head: number, length: number])[];
    /** By state and symbol: an action for a terminal, the next state for a non-terminal. */
    readonly table: readonly Readonly<Record<number, Action | number>>[];
    /** Reductions of states that need no further symbol. */
    readonly defaultActions: Readonly<Record<number, Action>>;
  }

  export const parser: Grammar;
  export function wktToGeoJSON(text: string): object;
}
